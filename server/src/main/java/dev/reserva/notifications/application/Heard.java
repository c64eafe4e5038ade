package dev.reserva.notifications.application;

import dev.reserva.notifications.domain.Detail;
import dev.reserva.notifications.domain.Fact;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A fact that somebody is told.
 *
 * @param occurrence tells facts of one kind apart: the order for what happens once to an order, the
 *     shipment, the refund, the payment, or the event
 * @param orderId the order that it is about
 * @param customerId the customer who is told; absent where the event does not name the customer of
 *     the order, and for operators
 * @param trigger type of the event that states it
 * @param at when it happened
 * @param details what the message tells
 */
public record Heard(
    Fact fact,
    UUID occurrence,
    @Nullable UUID orderId,
    @Nullable UUID customerId,
    String trigger,
    Instant at,
    Map<String, Detail> details) {

  public Heard {
    details = Map.copyOf(details);
  }
}
