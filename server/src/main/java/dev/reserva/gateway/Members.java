package dev.reserva.gateway;

import dev.reserva.gateway.Dispatcher.Outcome;
import dev.reserva.platform.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads documents of services as a whole, for answers that the gateway makes of several. */
final class Members {

  /** Of any document; the largest is /openapi.json with some 500 KB. */
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  private final Dispatcher dispatcher;
  private final JsonMapper json;

  Members(Dispatcher dispatcher, JsonMapper json) {
    this.dispatcher = dispatcher;
    this.json = json;
  }

  /** What a service answered. */
  sealed interface Reply {

    /** 200, with a JSON object. */
    record Document(ObjectNode json) implements Reply {}

    /** Another status. It must be passed on or closed. */
    record Other(Answer answer) implements Reply {}

    /** No answer. */
    record None(Problem problem) implements Reply {}
  }

  Reply read(Service service, OutgoingRequest request) throws IOException {
    return switch (dispatcher.send(service, request)) {
      case Outcome.Unanswered(Problem problem) -> new Reply.None(problem);
      case Outcome.Answered(Answer answer, Instance _) -> {
        if (answer.status() != 200) {
          yield new Reply.Other(answer);
        }
        try (answer) {
          yield new Reply.Document(document(answer.response()));
        } catch (JacksonException | IOException e) {
          yield new Reply.None(GatewayProblems.unavailable(service));
        }
      }
    };
  }

  private ObjectNode document(ClassicHttpResponse response) throws IOException {
    HttpEntity body = response.getEntity();
    if (body == null) {
      throw new IOException("the answer has no body");
    }
    InputStream in = body.getContent();
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new IOException("the answer has more than %d bytes".formatted(MOST_BYTES));
    }
    if (json.readTree(bytes) instanceof ObjectNode object) {
      return object;
    }
    throw new IOException("the answer is no JSON object");
  }
}
