package dev.reserva.inventory.application;

import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.ReservationStatus;
import dev.reserva.messaging.UnitOfWork;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stock held for orders. */
public interface Reservations {

  /**
   * The reservations of these orders, tombstones among them, locked in order of their order: with
   * the transaction's next statement, or when they are asked for.
   */
  Supplier<List<Reservation>> lockByOrder(Collection<UUID> orderIds, UnitOfWork tx);

  /** One reservation, locked; no tombstone. */
  Optional<Reservation> lock(UUID id, UnitOfWork tx);

  /**
   * Open reservations whose time is over, the longest first, locked; those that another transaction
   * has locked are left to it.
   */
  List<Reservation> lockOverdue(int limit, UnitOfWork tx);

  /**
   * Open reservations that wait for a product and whose time is not over, those that came first,
   * locked in order of their order.
   */
  List<Reservation> lockWaiting(UUID productId, int limit, UnitOfWork tx);

  /**
   * Adds reservations of orders that had none.
   *
   * @throws ConcurrentReservation when another transaction has meanwhile added one of an order
   */
  void add(List<Reservation> reservations, UnitOfWork tx);

  /** Writes back the state of locked reservations, whose lines and expiry have not changed. */
  void replace(List<Reservation> reservations, UnitOfWork tx);

  /** Writes back locked reservations that waited for stock. */
  void rewrite(List<Reservation> reservations, UnitOfWork tx);

  /** Writes the new expiry of a locked reservation. */
  void extend(Reservation reservation, UnitOfWork tx);

  /** No tombstone. */
  Optional<Reservation> find(UUID id, UnitOfWork tx);

  /**
   * Newest first, without tombstones.
   *
   * @param before continue below this id
   */
  List<Reservation> list(
      @Nullable ReservationStatus status,
      @Nullable UUID orderId,
      @Nullable UUID before,
      int limit,
      UnitOfWork tx);
}
