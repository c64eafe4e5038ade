package dev.reserva.platform.timeline;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one service has on record about an order, beside its events. No service reads another's
 * tables.
 */
public interface OrderTraces {

  /** The service. */
  String service();

  /**
   * The records about an order, in any order. They are read in a transaction of their own, or
   * several.
   *
   * @param limit most records
   */
  List<Trace> of(UUID orderId, int limit);

  /** What a record is about. */
  enum Kind {
    STOCK,
    PAYMENT,
    REFUND,
    SHIPMENT,
    RETURN,
    NOTIFICATION,
    WEBHOOK
  }

  /**
   * One thing that happened, by the database's clock.
   *
   * @param id of the record, such as the payment; it can have several traces of different types
   * @param type that of the event that announced it, if there is one
   * @param causationId the event that caused it, if the record says so
   * @param actor who did it, if the record says so
   * @param summary one sentence
   * @param data the facts, written as JSON; without personal data and secrets
   */
  record Trace(
      Instant at,
      Kind kind,
      String id,
      String type,
      @Nullable UUID causationId,
      @Nullable String actor,
      String summary,
      Object data) {}
}
