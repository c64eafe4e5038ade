package dev.reserva.notifications.adapters.postgres;

import dev.reserva.messaging.sql.Conditions;
import dev.reserva.notifications.application.History;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The conditions of a list of messages. Messages and history have the same columns. */
final class MessageFilters {

  private MessageFilters() {}

  static Conditions conditions(History.Filter filter, @Nullable UUID before) {
    Conditions conditions =
        new Conditions()
            .andIfPresent("order_id = ?", filter.orderId())
            .andIfPresent("customer_id = ?", filter.customerId())
            .andIfPresent("channel = ?", filter.channel() == null ? null : filter.channel().name())
            .andIfPresent("id < ?", before);
    if (filter.status() != null) {
      conditions.and("status = '" + filter.status() + "'"); // spelt out, as in the partial index
    }
    return conditions;
  }
}
