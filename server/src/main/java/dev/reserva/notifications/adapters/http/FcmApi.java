package dev.reserva.notifications.adapters.http;

import dev.reserva.notifications.adapters.http.ProviderClient.Reply;
import dev.reserva.notifications.application.MessageSender.Outgoing;
import dev.reserva.notifications.application.MessageSender.Result;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Push messages by Firebase Cloud Messaging, {@code POST /v1/projects/{id}/messages:send}. It has
 * no idempotency key. A message that is sent again replaces the first one on the device, because
 * both have the same tag, and its data name the message.
 */
public final class FcmApi implements ProviderApi {

  /** The token is refused for good: the app is gone, or belongs to another project. */
  private static final Set<String> BOUNCES = Set.of("UNREGISTERED", "SENDER_ID_MISMATCH");

  private static final String ERROR_TYPE = "type.googleapis.com/google.firebase.fcm.v1.FcmError";
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ProviderClient client;
  private final URI messages;
  private final ServiceAccount account;

  /**
   * @param url of the API, without a slash at its end
   * @param account whose tokens are the requests' authorization
   */
  public FcmApi(ProviderClient client, String url, String project, ServiceAccount account) {
    this.client = client;
    this.messages = URI.create("%s/v1/projects/%s/messages:send".formatted(url, project));
    this.account = account;
  }

  @Override
  public Result send(Outgoing message) throws ProviderClient.NoAnswer {
    String token = account.token();
    Reply reply =
        client.postJson(messages, Map.of("Authorization", "Bearer " + token), body(message));
    if (reply.status() == UNAUTHORIZED) {
      account.forget(token);
    }
    return result(reply);
  }

  private static JsonNode body(Outgoing message) {
    String id = message.id().toString();
    ObjectNode body = JSON.createObjectNode();
    ObjectNode sent = body.putObject("message");
    sent.put("token", message.address());
    sent.putObject("notification")
        .put("title", message.words().subject())
        .put("body", message.words().text());
    sent.putObject("data").put("messageId", id);
    sent.putObject("android").putObject("notification").put("tag", id);
    sent.putObject("apns").putObject("headers").put("apns-collapse-id", id);
    sent.putObject("webpush").putObject("notification").put("tag", id);
    return body;
  }

  private static Result result(Reply reply) {
    if (reply.succeeded()) {
      return new Result.Accepted();
    }
    String code = code(reply.json().path("error"));
    String reason = "status %d, code %s".formatted(reply.status(), code);
    if (BOUNCES.contains(code)) {
      return new Result.Bounced(reason);
    }
    // Wrong credentials or a wrong project are no fault of the message: it waits until they are put
    // right.
    return switch (reply.status()) {
      case UNAUTHORIZED, FORBIDDEN, NOT_FOUND -> new Result.Unavailable(reason);
      default -> reply.refused() ? new Result.Rejected(reason) : new Result.Unavailable(reason);
    };
  }

  /** The code of FCM, else the status of Google's APIs. */
  private static String code(JsonNode error) {
    for (JsonNode detail : error.path("details")) {
      if (detail.path("@type").asString("").equals(ERROR_TYPE)) {
        return detail.path("errorCode").asString("none");
      }
    }
    return error.path("status").asString("none");
  }
}
