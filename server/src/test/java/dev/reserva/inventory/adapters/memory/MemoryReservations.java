package dev.reserva.inventory.adapters.memory;

import dev.reserva.inventory.application.ConcurrentReservation;
import dev.reserva.inventory.application.Reservations;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.ReservationStatus;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Inventory's reservations, by order. */
public final class MemoryReservations implements Reservations {

  public static MemoryTable<UUID, Reservation> table(MemoryDatabase database) {
    return database.table("inventory.reservation");
  }

  static MemoryTable<UUID, Reservation> rows(UnitOfWork tx) {
    return table(tx.resource(MemoryDatabase.class));
  }

  @Override
  public Supplier<List<Reservation>> lockByOrder(Collection<UUID> orderIds, UnitOfWork tx) {
    List<Reservation> found = new ArrayList<>(orderIds.size());
    for (UUID orderId : new TreeSet<>(orderIds)) {
      rows(tx).get(orderId).ifPresent(found::add);
    }
    return () -> found;
  }

  @Override
  public Optional<Reservation> lock(UUID id, UnitOfWork tx) {
    return find(id, tx);
  }

  @Override
  public List<Reservation> lockOverdue(int limit, UnitOfWork tx) {
    Instant now = tx.now();
    return rows(tx).values().stream()
        .filter(reservation -> reservation.isOverdue(now))
        .sorted(Comparator.comparing(Reservation::expiresAt))
        .limit(limit)
        .toList();
  }

  @Override
  public List<Reservation> lockWaiting(UUID productId, int limit, UnitOfWork tx) {
    Instant now = tx.now();
    return rows(tx).values().stream()
        .filter(it -> it.isWaiting() && !it.isOverdue(now))
        .filter(it -> it.awaited().stream().anyMatch(units -> units.productId().equals(productId)))
        .sorted(Comparator.comparing(Reservation::id))
        .limit(limit)
        .sorted(Comparator.comparing(Reservation::orderId))
        .toList();
  }

  @Override
  public void add(List<Reservation> reservations, UnitOfWork tx) {
    for (Reservation reservation : reservations) {
      if (rows(tx).get(reservation.orderId()).isPresent()) {
        throw new ConcurrentReservation("there is a reservation of order " + reservation.orderId());
      }
      rows(tx).put(reservation.orderId(), reservation);
    }
  }

  @Override
  public void replace(List<Reservation> reservations, UnitOfWork tx) {
    reservations.forEach(reservation -> rows(tx).put(reservation.orderId(), reservation));
  }

  @Override
  public void rewrite(List<Reservation> reservations, UnitOfWork tx) {
    replace(reservations, tx);
  }

  @Override
  public void extend(Reservation reservation, UnitOfWork tx) {
    rows(tx).put(reservation.orderId(), reservation);
  }

  @Override
  public Optional<Reservation> find(UUID id, UnitOfWork tx) {
    return visible(tx).filter(reservation -> reservation.id().equals(id)).findFirst();
  }

  @Override
  public List<Reservation> list(
      @Nullable ReservationStatus status,
      @Nullable UUID orderId,
      @Nullable UUID before,
      int limit,
      UnitOfWork tx) {
    return visible(tx)
        .filter(it -> status == null || it.status() == status)
        .filter(it -> orderId == null || it.orderId().equals(orderId))
        .filter(it -> before == null || it.id().toString().compareTo(before.toString()) < 0)
        .sorted(Comparator.comparing((Reservation it) -> it.id().toString()).reversed())
        .limit(limit)
        .toList();
  }

  private static Stream<Reservation> visible(UnitOfWork tx) {
    return rows(tx).values().stream().filter(reservation -> !reservation.isTombstone());
  }
}
