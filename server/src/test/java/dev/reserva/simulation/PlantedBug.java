package dev.reserva.simulation;

import dev.reserva.financial.application.PaymentProvider;
import dev.reserva.inventory.adapters.memory.MemoryReservations;
import dev.reserva.inventory.adapters.memory.MemoryStocks;
import dev.reserva.inventory.application.Reservations;
import dev.reserva.inventory.application.Stocks;
import dev.reserva.inventory.domain.LedgerEntry;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.ProductStock;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.StockLevel;
import dev.reserva.logistics.adapters.memory.MemoryShipments;
import dev.reserva.logistics.application.Shipments;
import dev.reserva.logistics.domain.Fulfilment;
import dev.reserva.logistics.domain.Line;
import dev.reserva.logistics.domain.Location;
import dev.reserva.logistics.domain.Shipment;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.Cursors;
import dev.reserva.messaging.delivery.Parking;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import dev.reserva.messaging.memory.MemoryTransactions.Omission;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Bugs that the simulation must find. Each is an adapter without one rule. */
public enum PlantedBug {
  /** A process that was replaced is not fenced. */
  SKIP_THE_FENCE,
  /** The expiry of a reservation is not checked when it is confirmed. */
  CONFIRM_AN_EXPIRED_RESERVATION,
  /** The units that orders wait for are not written, so others can buy them. */
  FORGET_WHO_WAITS,
  /** Later events of a key do not wait behind one that failed. */
  DROP_THE_PARKING_RULE,
  /** An event is handled locally though an earlier one of its key waits for the subscription. */
  SKIP_THE_KEY_CHECK,
  /** A shipment that leaves in part keeps all of its lines on record. */
  SHIP_THE_REST_TWICE,
  /** A shipment is prepared at the default location, wherever the stock is held. */
  SHIP_FROM_THE_WRONG_PLACE,
  /** Each attempt to give money back has an idempotency key of its own. */
  REFUND_WITH_NEW_KEYS,
  /** Events are handled locally whatever generation and mark the log's head has. */
  IGNORE_THE_HEAD;

  static Omission omission(@Nullable PlantedBug bug) {
    return switch (bug) {
      case SKIP_THE_KEY_CHECK -> Omission.KEYS;
      case IGNORE_THE_HEAD -> Omission.HEAD;
      case SKIP_THE_FENCE,
          CONFIRM_AN_EXPIRED_RESERVATION,
          FORGET_WHO_WAITS,
          DROP_THE_PARKING_RULE,
          SHIP_THE_REST_TWICE,
          SHIP_FROM_THE_WRONG_PLACE,
          REFUND_WITH_NEW_KEYS ->
          Omission.NOTHING;
      case null -> Omission.NOTHING;
    };
  }

  static WatchedCursors in(Cursors cursors, Tally tally, @Nullable PlantedBug bug) {
    return bug == SKIP_THE_FENCE
        ? new UnfencedCursors(cursors, tally)
        : new WatchedCursors(cursors, tally);
  }

  static WatchedParking in(Parking parking, Tally tally, @Nullable PlantedBug bug) {
    return bug == DROP_THE_PARKING_RULE
        ? new NeverBehind(parking, tally)
        : new WatchedParking(parking, tally);
  }

  static Reservations in(MemoryReservations reservations, @Nullable PlantedBug bug) {
    return bug == CONFIRM_AN_EXPIRED_RESERVATION ? new Timeless(reservations) : reservations;
  }

  static Stocks in(MemoryStocks stocks, @Nullable PlantedBug bug) {
    return bug == FORGET_WHO_WAITS ? new Unawaited(stocks) : stocks;
  }

  static Shipments in(MemoryShipments shipments, @Nullable PlantedBug bug) {
    return switch (bug) {
      case SHIP_THE_REST_TWICE -> new Unsplit(shipments);
      case SHIP_FROM_THE_WRONG_PLACE -> new Misplaced(shipments);
      case null, default -> shipments;
    };
  }

  static PaymentProvider in(Acquirer acquirer, World world) {
    return world.bug == REFUND_WITH_NEW_KEYS ? new Forgetful(acquirer, world.ids) : acquirer;
  }

  private static final class UnfencedCursors extends WatchedCursors {

    private static final int MOST_TAKE_OVERS = 1_000;

    UnfencedCursors(Cursors cursors, Tally tally) {
      super(cursors, tally);
    }

    @Override
    public boolean renew(Claim claim, Progress progress, Duration lease) {
      super.renew(claim, progress, lease);
      return true;
    }

    @Override
    public void advance(UnitOfWork tx, Claim claim, Progress progress, Duration lease) {
      // The bug: the cursor is updated without a check of the claim's epoch.
      long position = super.position(claim.subscription()).orElse(claim.position());
      for (long epoch = claim.epoch(); epoch < claim.epoch() + MOST_TAKE_OVERS; epoch++) {
        try {
          Claim current =
              new Claim(
                  claim.subscription(),
                  epoch,
                  position,
                  claim.parked(),
                  claim.flag(),
                  claim.generation(),
                  claim.logEnd());
          super.advance(tx, current, progress, lease);
          return;
        } catch (Fenced e) {
          // not this epoch's
        }
      }
      throw new IllegalStateException("no epoch fits " + claim);
    }
  }

  private static final class NeverBehind extends WatchedParking {

    NeverBehind(Parking parking, Tally tally) {
      super(parking, tally);
    }

    @Override
    public Map<UUID, Long> parkedHeads(UnitOfWork tx, String subscription, Collection<UUID> keys) {
      return Map.of();
    }
  }

  /** Reservations whose expiry is far away when they are looked up by their order. */
  private record Timeless(MemoryReservations real) implements Reservations {

    private static final Duration FAR = Duration.ofDays(1);

    @Override
    public Supplier<List<Reservation>> lockByOrder(Collection<UUID> orderIds, UnitOfWork tx) {
      Supplier<List<Reservation>> locked = real.lockByOrder(orderIds, tx);
      return () -> locked.get().stream().map(found -> ending(found, FAR)).toList();
    }

    @Override
    public void replace(List<Reservation> reservations, UnitOfWork tx) {
      real.replace(
          reservations.stream()
              .map(changed -> {
                Reservation before =
                    real.lockByOrder(List.of(changed.orderId()), tx).get().getFirst();
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
          it.awaited(),
          it.allocation(),
          it.expiresAt().plus(later),
          it.createdAt(),
          it.endedAt(),
          it.renewals(),
          it.settled(),
          it.returnedAt(),
          it.extended());
    }

    @Override
    public void rewrite(List<Reservation> reservations, UnitOfWork tx) {
      real.rewrite(reservations, tx);
    }

    @Override
    public List<Reservation> lockWaiting(UUID productId, int limit, UnitOfWork tx) {
      return real.lockWaiting(productId, limit, tx);
    }

    @Override
    public void extend(Reservation reservation, UnitOfWork tx) {
      real.extend(reservation, tx);
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

  /** Stock that is written as if no order waited for it. */
  private record Unawaited(MemoryStocks real) implements Stocks {

    @Override
    public void save(List<StockLevel> levels, List<LedgerEntry> ledger, Instant at, UnitOfWork tx) {
      real.save(
          levels.stream()
              .map(it ->
                  new StockLevel(
                      it.productId(), it.place(), it.safetyStock(), it.physical(), it.reserved()))
              .toList(),
          ledger,
          at,
          tx);
    }

    @Override
    public void open(Map<LocationCode, Set<UUID>> shelves, UnitOfWork tx) {
      real.open(shelves, tx);
    }

    @Override
    public List<ProductStock> lock(
        Collection<UUID> productIds, Collection<UUID> orderIds, UnitOfWork tx) {
      return real.lock(productIds, orderIds, tx);
    }

    @Override
    public Optional<UUID> nextToAllocate(@Nullable UUID after, UnitOfWork tx) {
      return real.nextToAllocate(after, tx);
    }

    @Override
    public List<StockLevel> of(UUID productId, UnitOfWork tx) {
      return real.of(productId, tx);
    }

    @Override
    public Stats stats(UnitOfWork tx) {
      return real.stats(tx);
    }
  }

  /** A provider that is told another key with every request for a refund. */
  private record Forgetful(PaymentProvider real, Ids ids) implements PaymentProvider {

    @Override
    public Repayment refund(Repay repay) {
      return real.refund(
          new Repay(ids.next(), repay.charge(), repay.transactionId(), repay.amount()));
    }

    @Override
    public Answer charge(Charge charge) {
      return real.charge(charge);
    }

    @Override
    public Standing inquire(UUID key) {
      return real.inquire(key);
    }

    @Override
    public Abandonment abandon(Charge charge) {
      return real.abandon(charge);
    }
  }

  /** Shipments that are written as if they left the default location. */
  private record Misplaced(MemoryShipments real) implements Altered {

    @Override
    public void save(Collection<Fulfilment> fulfilments, UnitOfWork tx) {
      real.save(fulfilments, tx);
      MemoryTable<UUID, Shipment> rows = MemoryShipments.table(tx.resource(MemoryDatabase.class));
      for (Fulfilment fulfilment : fulfilments) {
        for (Shipment added : fulfilment.added()) {
          rows.put(added.id(), at(Location.MAIN, rows.get(added.id()).orElseThrow()));
        }
      }
    }

    private static Shipment at(Location location, Shipment it) {
      return new Shipment(
          it.id(),
          it.orderId(),
          it.customerId(),
          location,
          it.part(),
          it.status(),
          it.lines(),
          it.carriage(),
          it.createdAt(),
          it.dispatchedAt(),
          it.deliveredAt(),
          it.endedAt(),
          it.version());
    }
  }

  /** Shipments whose changes of lines are not written. */
  private record Unsplit(MemoryShipments real) implements Altered {

    @Override
    public void save(Collection<Fulfilment> fulfilments, UnitOfWork tx) {
      Map<UUID, Shipment> before = new HashMap<>();
      for (Fulfilment fulfilment : fulfilments) {
        for (Shipment changed : fulfilment.changed()) {
          before.put(changed.id(), real.find(changed.id(), tx).orElse(changed));
        }
      }
      real.save(fulfilments, tx);
      MemoryTable<UUID, Shipment> rows = MemoryShipments.table(tx.resource(MemoryDatabase.class));
      before.forEach((id, was) -> rows.put(id, withLines(rows.get(id).orElseThrow(), was.lines())));
    }

    private static Shipment withLines(Shipment it, List<Line> lines) {
      return new Shipment(
          it.id(),
          it.orderId(),
          it.customerId(),
          it.location(),
          it.part(),
          it.status(),
          lines,
          it.carriage(),
          it.createdAt(),
          it.dispatchedAt(),
          it.deliveredAt(),
          it.endedAt(),
          it.version());
    }
  }

  /** Shipments that differ in what they write. */
  private interface Altered extends Shipments {

    MemoryShipments real();

    @Override
    default Map<UUID, Fulfilment> lock(Collection<UUID> orderIds, UnitOfWork tx) {
      return real().lock(orderIds, tx);
    }

    @Override
    default Optional<Fulfilment> lock(UUID shipmentId, UnitOfWork tx) {
      return real().lock(shipmentId, tx);
    }

    @Override
    default Optional<Shipment> find(UUID id, UnitOfWork tx) {
      return real().find(id, tx);
    }

    @Override
    default List<Shipment> list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
      return real().list(filter, before, limit, tx);
    }

    @Override
    default List<Picking> pickingList(
        Location location, @Nullable UUID before, int limit, int mostShipments, UnitOfWork tx) {
      return real().pickingList(location, before, limit, mostShipments, tx);
    }
  }
}
