package dev.reserva.platform.members;

import dev.reserva.messaging.OutcomeUnknown;
import dev.reserva.platform.web.ClientAddress;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.RequestContext;
import dev.reserva.platform.web.RequestContext.IdempotencyKey;
import jakarta.servlet.http.HttpServletRequest;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;

/**
 * Passes commands on to another database of this system, by its public API and with the credentials
 * and the idempotency key of the caller. So the member judges, executes and records a command as if
 * the caller had sent it there.
 */
public final class PassedCommands {

  /** Longer than any command may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final List<String> OF_THE_REQUEST =
      List.of(
          "Authorization",
          IdempotencyKey.HEADER,
          RequestContext.CORRELATION_HEADER,
          "traceparent",
          "tracestate");
  private static final List<String> OF_THE_ANSWER =
      List.of("Retry-After", "Location", "ETag", "WWW-Authenticate", Commands.REPLAYED_HEADER);

  private final Members members;

  public PassedCommands(Members members) {
    this.members = members;
  }

  /**
   * @param path of the public API, with its query
   * @param body sent as JSON; absent for a command without a body
   * @param request of the caller
   * @return the member's answer, whatever it is
   * @throws MemberUnavailable if none of its processes could be connected to
   * @throws OutcomeUnknown if there is no answer, so that the command may have been executed
   */
  public ResponseEntity<JsonNode> pass(
      String name,
      HttpMethod method,
      String path,
      @Nullable Object body,
      HttpServletRequest request) {
    Member member = members.member(name);
    int last = member.processes().size() - 1;
    for (int i = 0; ; i++) {
      try {
        return pass(member.processes().get(i), method, path, body, request);
      } catch (MemberUnavailable e) {
        if (!isUnsent(e)) {
          throw new OutcomeUnknown(String.valueOf(e.getMessage()), e);
        }
        if (i == last) {
          throw e;
        }
      }
    }
  }

  private static boolean isUnsent(MemberUnavailable e) {
    return e.getCause() instanceof ConnectException
        || e.getCause() instanceof HttpConnectTimeoutException;
  }

  private ResponseEntity<JsonNode> pass(
      URI process,
      HttpMethod method,
      String path,
      @Nullable Object body,
      HttpServletRequest caller) {
    HttpRequest.Builder request = MemberClient.to(process, path, PATIENCE);
    for (String header : OF_THE_REQUEST) {
      String value = caller.getHeader(header);
      if (value != null) {
        request.header(header, value);
      }
    }
    request.header("X-Forwarded-For", ClientAddress.of(caller).text());
    request.method(
        method.name(), body == null ? BodyPublishers.noBody() : MemberClient.json(request, body));
    return answer(members.client().send(process, request, PATIENCE));
  }

  private static ResponseEntity<JsonNode> answer(HttpResponse<byte[]> response) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(response.statusCode());
    for (String header : OF_THE_ANSWER) {
      response.headers().firstValue(header).ifPresent(value -> answer.header(header, value));
    }
    if (response.body().length == 0) {
      return answer.build();
    }
    response
        .headers()
        .firstValue("Content-Type")
        .map(MediaType::parseMediaType)
        .ifPresent(answer::contentType);
    return answer.body(MemberClient.JSON.readTree(response.body()));
  }
}
