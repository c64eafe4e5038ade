package dev.reserva.gateway;

import dev.reserva.gateway.RetryRules.Next;
import dev.reserva.platform.web.Problem;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a request to an instance of its service, and to another if that one fails. */
final class Dispatcher {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private final Map<Service, Instances> services = new EnumMap<>(Service.class);
  private final Upstream upstream;
  private final GatewayMetrics metrics;

  Dispatcher(Map<Service, Instances> services, Upstream upstream, GatewayMetrics metrics) {
    this.services.putAll(services);
    this.upstream = upstream;
    this.metrics = metrics;
  }

  /** What became of a request. */
  sealed interface Outcome {

    /** An instance answered, whatever the status. The answer must be closed. */
    record Answered(Answer answer, Instance instance) implements Outcome {}

    /** No instance answered. */
    record Unanswered(Problem problem) implements Outcome {}
  }

  /** The services that run somewhere. */
  Set<Service> services() {
    return services.keySet();
  }

  /**
   * @throws RequestBody.Unreadable if the client does not send its body
   */
  Outcome send(Service service, OutgoingRequest request) throws IOException {
    Instances instances = services.get(service);
    if (instances == null) {
      return new Outcome.Unanswered(GatewayProblems.noRoute(service));
    }
    instances.budget().earn();
    Set<Instance> failed = new HashSet<>();
    Set<Instance> unreachable = new HashSet<>();
    Failure last = Failure.NOT_CONNECTED;
    int retries = 0;
    while (true) {
      Instance instance = instances.next(failed);
      if (instance == null && retries > 0) {
        instance = instances.next(unreachable); // one whose connection broke, once more
      }
      if (instance == null) {
        return new Outcome.Unanswered(GatewayProblems.of(last, service, request.method()));
      }
      long start = System.nanoTime();
      try {
        Answer answer = upstream.send(instance, request);
        long nanos = System.nanoTime() - start;
        instance.answered(nanos);
        metrics.answered(service, instance, nanos);
        return new Outcome.Answered(answer, instance);
      } catch (RequestBody.Unreadable e) {
        instance.released();
        throw e;
      } catch (IOException e) {
        last = worse(last, failed(service, instance, e, System.nanoTime() - start));
        Next next = RetryRules.after(Failure.of(e), request.isRepeatable(), retries);
        failed.add(instance);
        switch (next) {
          case ANOTHER_INSTANCE -> unreachable.add(instance);
          case ANY_INSTANCE -> retries++;
          case GIVE_UP -> {}
        }
        if (next == Next.GIVE_UP || (next == Next.ANY_INSTANCE && !instances.budget().spend())) {
          return new Outcome.Unanswered(GatewayProblems.of(last, service, request.method()));
        }
        metrics.retried(service);
      }
    }
  }

  /** A later attempt that reached nobody does not undo what an earlier one may have done. */
  private static Failure worse(Failure one, Failure other) {
    return one.mayHaveTakenEffect() && !other.mayHaveTakenEffect() ? one : other;
  }

  private Failure failed(Service service, Instance instance, IOException e, long nanos) {
    Failure failure = Failure.of(e);
    if (failure.isOfTheInstance()) {
      instance.failed(nanos, e);
    } else {
      instance.released();
    }
    metrics.failed(service, instance, failure);
    LOG.warn(
        "no answer: service={} instance={} failure={} cause={}",
        service.wire(),
        instance.name(),
        failure,
        Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName()));
    return failure;
  }
}
