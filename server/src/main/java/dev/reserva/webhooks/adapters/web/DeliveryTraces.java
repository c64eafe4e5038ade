package dev.reserva.webhooks.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.timeline.OrderTraces;
import dev.reserva.webhooks.application.Deliveries;
import dev.reserva.webhooks.application.Deliveries.Attempt;
import dev.reserva.webhooks.application.Deliveries.Logged;
import dev.reserva.webhooks.domain.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The deliveries of an order's events to endpoints. */
public final class DeliveryTraces implements OrderTraces {

  private final EventLog log;
  private final Deliveries deliveries;
  private final Transactions transactions;

  public DeliveryTraces(EventLog log, Deliveries deliveries, Transactions transactions) {
    this.log = log;
    this.deliveries = deliveries;
    this.transactions = transactions;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Posted(
      UUID deliveryId, UUID endpointId, UUID eventId, String status, List<PostAttempt> attempts) {}

  /**
   * @param status of the answer; absent if there was none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PostAttempt(Instant at, @Nullable Integer status, int millis, @Nullable String error) {

    static PostAttempt of(Attempt attempt) {
      return new PostAttempt(
          attempt.at(),
          attempt.answer().status(),
          attempt.answer().millis(),
          attempt.answer().error());
    }
  }

  @Override
  public String service() {
    return "webhooks";
  }

  /** Deliveries are found by their events, which the log has by order. */
  @Override
  public List<Trace> of(UUID orderId, int limit) {
    List<UUID> events =
        log.ofKey(orderId, 0, limit).stream().map(entry -> entry.event().id()).toList();
    return events.isEmpty()
        ? List.of()
        : transactions.snapshot(tx -> deliveries.ofEvents(events, limit, tx)).stream()
            .map(DeliveryTraces::trace)
            .toList();
  }

  private static Trace trace(Logged logged) {
    Delivery delivery = logged.delivery();
    return new Trace(
        Objects.requireNonNullElse(delivery.endedAt(), delivery.createdAt()),
        Kind.WEBHOOK,
        delivery.id().toString(),
        delivery.type(),
        delivery.eventId(),
        null,
        "Delivery of %s to endpoint %s: %s, attempts %d."
            .formatted(
                delivery.type(),
                delivery.endpointId(),
                delivery.status().name().toLowerCase(Locale.ROOT),
                delivery.attempts()),
        new Posted(
            delivery.id(),
            delivery.endpointId(),
            delivery.eventId(),
            delivery.status().name(),
            logged.attempts().stream().map(PostAttempt::of).toList()));
  }
}
