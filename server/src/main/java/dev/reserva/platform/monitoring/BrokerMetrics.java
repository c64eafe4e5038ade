package dev.reserva.platform.monitoring;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Backbone.BrokerStatus;
import dev.reserva.messaging.Backbone.IntakeStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Meters of a broker ({@code reserva.broker.answers}) and of the intake of each of its queues
 * ({@code reserva.intake.*}). They need no database.
 */
public final class BrokerMetrics implements MeterBinder {

  private final Backbone backbone;
  private final List<String> queues;

  /**
   * @param queues those that this process consumes
   */
  public BrokerMetrics(Backbone backbone, List<String> queues) {
    this.backbone = backbone;
    this.queues = List.copyOf(queues);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("reserva.broker.answers", backbone, BrokerMetrics::answers)
        .description("1 while it answers the relay and each intake")
        .register(registry);
    for (String queue : queues) {
      Gauge.builder("reserva.intake.running", () -> of(queue, BrokerMetrics::runs))
          .description("1 while it imports, or waits to connect")
          .tag("queue", queue)
          .register(registry);
      counter(registry, queue, "imported", "events that were new", IntakeStatus::imported);
      counter(registry, queue, "repeated", "events imported before", IntakeStatus::repeated);
      counter(
          registry,
          queue,
          "unreadable",
          "messages that were not imported",
          IntakeStatus::unreadable);
    }
  }

  private static double answers(Backbone backbone) {
    return backbone.broker().filter(BrokerStatus::answers).isPresent() ? 1 : 0;
  }

  private static double runs(IntakeStatus status) {
    return status.state().equals("running") || status.state().equals("standby") ? 1 : 0;
  }

  private void counter(
      MeterRegistry registry,
      String queue,
      String figure,
      String description,
      ToLongFunction<IntakeStatus> value) {
    FunctionCounter.builder(
            "reserva.intake." + figure, this, metrics -> metrics.of(queue, value::applyAsLong))
        .description(description)
        .tag("queue", queue)
        .register(registry);
  }

  private double of(String queue, ToDoubleFunction<IntakeStatus> value) {
    return backbone.intakes().stream()
        .filter(status -> status.name().equals("intake." + queue))
        .mapToDouble(value)
        .findFirst()
        .orElse(Double.NaN);
  }
}
