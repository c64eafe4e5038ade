package dev.reserva.notifications.adapters.http;

import dev.reserva.notifications.adapters.http.ProviderClient.Reply;
import dev.reserva.notifications.application.MessageSender.Outgoing;
import dev.reserva.notifications.application.MessageSender.Result;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * SMS by Twilio's Messages resource, {@code POST /2010-04-01/Accounts/{Sid}/Messages.json}. It has
 * no idempotency key: an SMS whose answer was lost is sent again.
 */
public final class TwilioApi implements ProviderApi {

  /**
   * The number is refused for good: 21211 is no number, 21610 has replied STOP, 21614 cannot get
   * SMS.
   */
  private static final Set<Integer> BOUNCES = Set.of(21211, 21610, 21614);

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final ProviderClient client;
  private final URI messages;
  private final String authorization;
  private final String from;

  /**
   * @param url of the API, without a slash at its end
   * @param account the SID of the account
   * @param token its secret
   * @param from number or sender id that messages are from
   */
  public TwilioApi(ProviderClient client, String url, String account, String token, String from) {
    this.client = client;
    this.messages = URI.create("%s/2010-04-01/Accounts/%s/Messages.json".formatted(url, account));
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((account + ":" + token).getBytes(StandardCharsets.UTF_8));
    this.from = from;
  }

  @Override
  public Result send(Outgoing message) throws ProviderClient.NoAnswer {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("To", message.address());
    form.put("From", from);
    form.put("Body", message.words().text());
    return result(client.postForm(messages, Map.of("Authorization", authorization), form));
  }

  private static Result result(Reply reply) {
    if (reply.succeeded()) {
      return new Result.Accepted();
    }
    int code = reply.json().path("code").asInt(0);
    String reason = "status %d, code %d".formatted(reply.status(), code);
    if (BOUNCES.contains(code)) {
      return new Result.Bounced(reason);
    }
    // A wrong account or secret is no fault of the message: it waits until it is put right.
    return switch (reply.status()) {
      case UNAUTHORIZED, FORBIDDEN, NOT_FOUND -> new Result.Unavailable(reason);
      default -> reply.refused() ? new Result.Rejected(reason) : new Result.Unavailable(reason);
    };
  }
}
