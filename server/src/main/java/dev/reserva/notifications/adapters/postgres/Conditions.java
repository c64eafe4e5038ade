package dev.reserva.notifications.adapters.postgres;

import dev.reserva.notifications.application.History;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The conditions of a list of messages. Messages and history have the same columns. */
final class Conditions {

  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  private Conditions() {}

  static Conditions of(History.Filter filter, @Nullable UUID before) {
    Conditions all = new Conditions();
    if (filter.orderId() != null) {
      all.add("order_id = ?", filter.orderId());
    }
    if (filter.customerId() != null) {
      all.add("customer_id = ?", filter.customerId());
    }
    if (filter.channel() != null) {
      all.add("channel = ?", filter.channel().name());
    }
    if (filter.status() != null) {
      all.and("status = '" + filter.status() + "'"); // spelt out, as in the partial index
    }
    if (before != null) {
      all.add("id < ?", before);
    }
    return all;
  }

  private void add(String condition, Object value) {
    conditions.add(condition);
    values.add(value);
  }

  Conditions and(String condition) {
    conditions.add(condition);
    return this;
  }

  String where() {
    return conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
  }

  Object[] values(int limit) {
    List<Object> all = new ArrayList<>(values);
    all.add(limit);
    return all.toArray();
  }
}
