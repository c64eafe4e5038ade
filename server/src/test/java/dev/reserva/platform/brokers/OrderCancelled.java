package dev.reserva.platform.brokers;

import java.util.UUID;

/** {@code sales.order.cancelled}, about an order that no other service knows. */
final class OrderCancelled {
  private OrderCancelled() {}

  /** The event with its envelope. */
  static String event(UUID id, UUID order) {
    return """
    {"specversion":"1.0","id":"%s","source":"/reserva/sales","type":"sales.order.cancelled",
     "subject":"%s","time":"2026-03-01T12:00:00Z","partitionkey":"%s","correlationid":"by-hand",
     "data":%s}
    """
        .formatted(id, order, order, data(order));
  }

  /** Its payload. */
  static String data(UUID order) {
    return """
    {"orderId":"%s","customerId":"%s","reason":"customer_request","from":"PENDING","to":"CANCELLED"}
    """
        .formatted(order, UUID.randomUUID())
        .strip();
  }
}
