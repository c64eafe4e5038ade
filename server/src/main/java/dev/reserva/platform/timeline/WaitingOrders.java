package dev.reserva.platform.timeline;

import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What sales knows of orders that wait. */
public interface WaitingOrders {

  /** Whether there is such an order, a draft included. */
  boolean exists(UUID orderId, UnitOfWork snapshot);

  /**
   * Orders past half of the time that their status may last, the highest id first.
   *
   * @param before only lower ids; null for all
   */
  List<Waiting> pastHalf(@Nullable UUID before, int limit, UnitOfWork snapshot);

  /** Those of the ids that are orders, whatever their status, drafts excepted. */
  List<Waiting> of(Collection<UUID> ids, UnitOfWork snapshot);

  /**
   * @param since the last change of the order
   * @param until when it fails if nothing happens; absent if its status has no deadline
   * @param order as the list of orders shows it, written as JSON
   */
  record Waiting(UUID id, Awaited awaited, Instant since, @Nullable Instant until, Object order) {}

  /** What an order needs to go on. */
  enum Awaited {
    STOCK,
    PAYMENT,
    BUYER,
    CONFIRMATION,
    /** Of stock that had not arrived when the order was placed. */
    DELIVERY,
    NOTHING
  }
}
