package dev.reserva.simulation;

import dev.reserva.inventory.application.Reservations;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.DeliveryStore;
import dev.reserva.simulation.memory.MemoryReservations;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bugs that the simulation is to find: each is an adapter that lacks one rule. */
public enum PlantedBug {
  /** A process that was replaced goes on as if it were not. */
  SKIP_THE_FENCE,
  /** Whether a reservation's time is over is not looked at when it is confirmed. */
  CONFIRM_AN_EXPIRED_RESERVATION,
  /** Later events of a key do not wait behind one that failed. */
  DROP_THE_PARKING_RULE;

  static DeliveryStore in(DeliveryStore store, Tally tally, @Nullable PlantedBug bug) {
    if (bug == SKIP_THE_FENCE) {
      return new UnfencedStore(store, tally);
    }
    return bug == DROP_THE_PARKING_RULE
        ? new NeverBehind(store, tally)
        : new WatchedStore(store, tally);
  }

  static Reservations in(MemoryReservations reservations, @Nullable PlantedBug bug) {
    return bug == CONFIRM_AN_EXPIRED_RESERVATION ? new Timeless(reservations) : reservations;
  }

  private static final class UnfencedStore extends WatchedStore {

    private static final int MOST_TAKE_OVERS = 1_000;

    UnfencedStore(DeliveryStore store, Tally tally) {
      super(store, tally);
    }

    @Override
    public boolean renew(Claim claim, long position, Duration lease) {
      super.renew(claim, position, lease);
      return true;
    }

    @Override
    public void advance(UnitOfWork tx, Claim claim, Progress progress, Duration lease) {
      // The bug: whoever has taken over, the record is updated as if the claim still held.
      long position = super.position(claim.subscription()).orElse(claim.position());
      for (long epoch = claim.epoch(); epoch < claim.epoch() + MOST_TAKE_OVERS; epoch++) {
        try {
          Claim current = new Claim(claim.subscription(), epoch, position, claim.parked());
          super.advance(tx, current, progress, lease);
          return;
        } catch (Fenced e) {
          // not this epoch's
        }
      }
      throw new IllegalStateException("no epoch fits " + claim);
    }
  }

  private static final class NeverBehind extends WatchedStore {

    NeverBehind(DeliveryStore store, Tally tally) {
      super(store, tally);
    }

    @Override
    public Map<UUID, Long> parkedHeads(UnitOfWork tx, String subscription, Collection<UUID> keys) {
      return Map.of();
    }
  }

  /** Reservations whose end is never near, when they are looked up by their order. */
  private record Timeless(MemoryReservations real) implements Reservations {

    private static final Duration FAR = Duration.ofDays(1);

    @Override
    public List<Reservation> lockByOrder(Collection<UUID> orderIds, UnitOfWork tx) {
      return real.lockByOrder(orderIds, tx).stream().map(found -> ending(found, FAR)).toList();
    }

    @Override
    public void replace(List<Reservation> reservations, UnitOfWork tx) {
      real.replace(
          reservations.stream()
              .map(changed -> {
                Reservation before = real.lockByOrder(List.of(changed.orderId()), tx).getFirst();
                return ending(changed, Duration.between(changed.expiresAt(), before.expiresAt()));
              })
              .toList(),
          tx);
    }

    private static Reservation ending(Reservation it, Duration later) {
      return new Reservation(
          it.id(),
          it.orderId(),
          it.status(),
          it.lines(),
          it.expiresAt().plus(later),
          it.createdAt(),
          it.endedAt(),
          it.renewals(),
          it.settled(),
          it.returnedAt());
    }

    @Override
    public Optional<Reservation> lock(UUID id, UnitOfWork tx) {
      return real.lock(id, tx);
    }

    @Override
    public List<Reservation> lockOverdue(int limit, UnitOfWork tx) {
      return real.lockOverdue(limit, tx);
    }

    @Override
    public void add(List<Reservation> reservations, UnitOfWork tx) {
      real.add(reservations, tx);
    }

    @Override
    public Optional<Reservation> find(UUID id, UnitOfWork tx) {
      return real.find(id, tx);
    }

    @Override
    public List<Reservation> list(
        dev.reserva.inventory.domain.@Nullable ReservationStatus status,
        @Nullable UUID orderId,
        @Nullable UUID before,
        int limit,
        UnitOfWork tx) {
      return real.list(status, orderId, before, limit, tx);
    }
  }
}
