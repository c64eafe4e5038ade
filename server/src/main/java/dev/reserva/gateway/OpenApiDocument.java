package dev.reserva.gateway;

import dev.reserva.gateway.Members.Reply;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.web.HttpRequestHandler;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /openapi.json} of the whole system. A service that cannot be reached is described as it
 * last described itself; before it ever has, the document is answered 503 instead of with a gap.
 */
final class OpenApiDocument implements HttpRequestHandler {

  private static final String PATH = "/openapi.json";

  /** An instance with a newer release may have taken the place of another. */
  static final Duration FRESH = Duration.ofSeconds(30);

  private static final List<Service> ORDER =
      List.of(
          Service.SALES,
          Service.INVENTORY,
          Service.FINANCIAL,
          Service.LOGISTICS,
          Service.CUSTOMERS,
          Service.NOTIFICATIONS,
          Service.WEBHOOKS,
          Service.OPERATIONS);

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Merged(byte[] body, long since) {}

  private final Members members;
  private final Dispatcher dispatcher;
  private final ProblemWriter problems;
  private final JsonMapper json;
  private final ReentrantLock merging = new ReentrantLock();

  // Guarded by merging.
  private final Map<Service, ObjectNode> known = new EnumMap<>(Service.class);

  private volatile @Nullable Merged merged;

  OpenApiDocument(Members members, Dispatcher dispatcher, ProblemWriter problems, JsonMapper json) {
    this.members = members;
    this.dispatcher = dispatcher;
    this.problems = problems;
    this.json = json;
  }

  @Override
  public void handleRequest(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Merged fresh = fresh();
    if (fresh == null) {
      merging.lock(); // as long as the services take
      try {
        fresh = fresh();
        if (fresh == null) {
          Problem missing = merge(request, response);
          fresh = merged;
          if (missing != null || fresh == null) {
            problems.write(
                request,
                response,
                missing == null ? GatewayProblems.noRoute(Service.OPERATIONS) : missing);
            return;
          }
        }
      } finally {
        merging.unlock();
      }
    }
    response.setContentType("application/json");
    response.setContentLength(fresh.body().length);
    response.getOutputStream().write(fresh.body());
  }

  private @Nullable Merged fresh() {
    Merged last = merged;
    return last == null || System.nanoTime() - last.since() > FRESH.toNanos() ? null : last;
  }

  /** Returns what the document lacks, if it lacks something. */
  private @Nullable Problem merge(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Map<Service, ObjectNode> documents = new LinkedHashMap<>();
    for (Service service : ORDER) {
      if (dispatcher.services().contains(service)) {
        Problem missing = read(service, request, response);
        if (missing != null) {
          return missing;
        }
        documents.put(service, Objects.requireNonNull(known.get(service)));
      }
    }
    if (!documents.isEmpty()) {
      merged = new Merged(json.writeValueAsBytes(MergedOpenApi.of(documents)), System.nanoTime());
    }
    return null;
  }

  private @Nullable Problem read(
      Service service, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (members.read(service, OutgoingRequest.of("GET", PATH, request, response))) {
      case Reply.Document(ObjectNode document) -> known.put(service, document);
      case Reply.Other(Answer answer) -> answer.close();
      case Reply.None _ -> {}
    }
    return known.containsKey(service) ? null : GatewayProblems.unavailable(service);
  }
}
