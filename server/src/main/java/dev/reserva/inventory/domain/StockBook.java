package dev.reserva.inventory.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The working set of one transaction: the stock levels and reservations that it touches, and every
 * rule of what may become of them.
 *
 * <p>It is opened with locked rows, and more can be {@linkplain #include included} later. It
 * decides one thing after the other, each on what the ones before have left, and tells at the end
 * what {@link #changes} there are: one caller's wish and a batch of 500 events are served alike.
 * What a decision does to stock, it enters in the ledger.
 *
 * <p>A reservation's time is judged by the {@code now} that is passed in, the database's clock read
 * after the rows were locked. Not safe for several threads.
 */
public final class StockBook {

  private final Map<UUID, StockLevel> found = new HashMap<>();
  private final Map<UUID, StockLevel> levels = new LinkedHashMap<>();
  private final Map<UUID, Reservation> known = new HashMap<>();
  private final Map<UUID, Reservation> reservations = new LinkedHashMap<>();
  private final List<LedgerEntry> ledger = new ArrayList<>();
  private final Supplier<UUID> ids;

  /**
   * @param levels of every product that the decisions will touch; one that is missing is unknown
   * @param reservations of every order that the decisions will touch; one that is missing has none
   * @param ids for new reservations
   */
  public StockBook(
      Collection<StockLevel> levels, Collection<Reservation> reservations, Supplier<UUID> ids) {
    levels.forEach(level -> found.put(level.productId(), level));
    this.levels.putAll(found);
    reservations.forEach(reservation -> known.put(reservation.orderId(), reservation));
    this.reservations.putAll(known);
    this.ids = ids;
  }

  /**
   * Adds locked rows that the book does not have yet.
   *
   * @param more levels of products that no decision has touched
   * @param others reservations of orders that no decision has touched
   */
  public void include(Collection<StockLevel> more, Collection<Reservation> others) {
    more.forEach(level -> {
      found.put(level.productId(), level);
      levels.put(level.productId(), level);
    });
    others.forEach(reservation -> {
      known.put(reservation.orderId(), reservation);
      reservations.put(reservation.orderId(), reservation);
    });
  }

  /** The changes so far are written: what follows differs from here. */
  public void written() {
    found.putAll(levels);
    known.putAll(reservations);
    ledger.clear();
  }

  /**
   * The reservation of an order as the decisions so far have left it; absent where there is none.
   */
  public Optional<Reservation> reservationOf(UUID orderId) {
    return Optional.ofNullable(reservations.get(orderId));
  }

  /** Holds every line for the order, or none. */
  public Reserving reserve(UUID orderId, Basket basket, TimeToLive ttl, Instant now) {
    Reservation earlier = reservations.get(orderId);
    if (earlier != null) {
      return new Reserving.AlreadyKnown(earlier);
    }
    List<UUID> unknown = new ArrayList<>();
    List<UUID> inactive = new ArrayList<>();
    List<Shortage> shortages = new ArrayList<>();
    for (Line line : basket.lines()) {
      StockLevel level = levels.get(line.productId());
      if (level == null) {
        unknown.add(line.productId());
      } else if (!level.active()) {
        inactive.add(line.productId());
      } else if (line.quantity() > level.available()) {
        shortages.add(new Shortage(line.productId(), line.quantity(), level.available()));
      }
    }
    if (!unknown.isEmpty() || !inactive.isEmpty() || !shortages.isEmpty()) {
      return new Reserving.FellShort(shortages, unknown, inactive);
    }
    Reservation reservation = Reservation.open(ids.get(), orderId, basket, now, ttl);
    keep(reservation);
    Map<UUID, Integer> before = availableOf(reservation);
    enter(LedgerKind.RESERVED, reservation);
    return new Reserving.Reserved(reservation, crossings(before));
  }

  /**
   * The order is paid: its stock leaves the counters for good.
   *
   * <p>A reservation that has ended meanwhile is renewed if its stock is still to be had. That is
   * tried once; when it fails, a later payment finds the order settled.
   */
  public Confirming pay(UUID orderId, Instant now) {
    Reservation reservation = reservations.get(orderId);
    if (reservation == null) {
      keep(Reservation.tombstone(ids.get(), orderId, now));
      return new Confirming.Failed(List.of());
    }
    if (reservation.settled()) {
      return new Confirming.AlreadySettled();
    }
    if (reservation.status() == ReservationStatus.CONFIRMED) {
      // Confirmed by hand before it was paid: the order has not heard the answer to its payment.
      return new Confirming.Confirmed(keep(reservation.settledNow()), List.of());
    }
    if (reservation.isOpen() && !reservation.isOverdue(now)) {
      enter(LedgerKind.CONFIRMED, reservation);
      return new Confirming.Confirmed(
          keep(reservation.ended(ReservationStatus.CONFIRMED, now).settledNow()), List.of());
    }
    return renew(reservation, now);
  }

  /**
   * The order is dead: what is held for it is given back, what was confirmed comes back into stock,
   * and nothing will ever be held for it again, even when its creation is heard of only later.
   */
  public Cancelling cancel(UUID orderId, Instant now) {
    Reservation reservation = reservations.get(orderId);
    if (reservation == null) {
      keep(Reservation.tombstone(ids.get(), orderId, now));
      return new Cancelling.NothingHeld();
    }
    return switch (reservation.status()) {
      case RESERVED ->
          new Cancelling.GivenBack(
              giveBack(
                  reservation.settledNow(),
                  reservation.isOverdue(now)
                      ? ReservationStatus.EXPIRED
                      : ReservationStatus.RELEASED,
                  now));
      case CONFIRMED -> {
        if (reservation.returnedAt() != null) {
          yield new Cancelling.NothingHeld();
        }
        enter(LedgerKind.RETURNED, reservation);
        Reservation returned = keep(reservation.settledNow().returned(now));
        yield new Cancelling.Returned(
            returned, returned.lines().stream().map(line -> level(line.productId())).toList());
      }
      case RELEASED, EXPIRED -> {
        if (!reservation.settled()) {
          keep(reservation.settledNow());
        }
        yield new Cancelling.NothingHeld();
      }
    };
  }

  /** Confirms by hand. What has ended otherwise stays so: only a payment renews. */
  public Resolving confirm(UUID orderId, Instant now) {
    Reservation reservation = reservation(orderId);
    Resolving past = resolvedBefore(reservation, ReservationStatus.CONFIRMED, now);
    if (past != null) {
      return past;
    }
    enter(LedgerKind.CONFIRMED, reservation);
    return new Resolving.Ended(keep(reservation.ended(ReservationStatus.CONFIRMED, now)));
  }

  /** Gives back by hand. */
  public Resolving release(UUID orderId, Instant now) {
    Reservation reservation = reservation(orderId);
    Resolving past = resolvedBefore(reservation, ReservationStatus.RELEASED, now);
    return past != null
        ? past
        : new Resolving.Ended(giveBack(reservation, ReservationStatus.RELEASED, now));
  }

  /** Gives back what its time has run out for. */
  public Resolving expire(UUID orderId, Instant now) {
    Reservation reservation = reservation(orderId);
    if (reservation.isOverdue(now)) {
      return new Resolving.Ended(giveBack(reservation, ReservationStatus.EXPIRED, now));
    }
    return reservation.status() == ReservationStatus.EXPIRED
        ? new Resolving.EndedBefore(reservation)
        : new Resolving.EndedOtherwise(reservation, reservation.status());
  }

  /** Goods came in. */
  public Adjusting receive(UUID productId, Quantity quantity, @Nullable Reason reason) {
    StockLevel level = levels.get(productId);
    if (level == null) {
      return new Adjusting.UnknownProduct(productId);
    }
    return quantity.value() > Integer.MAX_VALUE - level.physical()
        ? new Adjusting.TooMuch(level, quantity.value())
        : adjust(level, LedgerKind.RECEIVED, quantity.value(), reason);
  }

  /**
   * The goods were counted.
   *
   * @param physical 0 or more
   */
  public Adjusting count(UUID productId, PhysicalStock physical, @Nullable Reason reason) {
    StockLevel level = levels.get(productId);
    if (level == null) {
      return new Adjusting.UnknownProduct(productId);
    }
    if (physical.value() < level.reserved()) {
      return new Adjusting.BelowReserved(level, physical.value());
    }
    int change = physical.value() - level.physical();
    return change == 0
        ? new Adjusting.Unchanged(level)
        : adjust(level, LedgerKind.ADJUSTED, change, reason);
  }

  /** What is to be written back: the difference to what the book was opened with. */
  public Changes changes() {
    List<Reservation> opened = new ArrayList<>();
    List<Reservation> moved = new ArrayList<>();
    reservations.forEach((orderId, reservation) -> {
      Reservation before = known.get(orderId);
      if (before == null) {
        opened.add(reservation);
      } else if (!before.equals(reservation)) {
        moved.add(reservation);
      }
    });
    List<StockLevel> changed =
        levels.values().stream()
            .filter(level -> !level.equals(found.get(level.productId())))
            .toList();
    return new Changes(opened, moved, changed, ledger);
  }

  /**
   * The difference that a transaction makes.
   *
   * @param opened reservations that were not there before, tombstones among them
   * @param moved reservations that were there and are different now
   * @param levels that are different now
   * @param ledger what happened, in order
   */
  public record Changes(
      List<Reservation> opened,
      List<Reservation> moved,
      List<StockLevel> levels,
      List<LedgerEntry> ledger) {
    public Changes {
      opened = List.copyOf(opened);
      moved = List.copyOf(moved);
      levels = List.copyOf(levels);
      ledger = List.copyOf(ledger);
    }
  }

  private Confirming renew(Reservation late, Instant now) {
    // The order was accepted when its products could be ordered; that one was discontinued since
    // takes nothing from a buyer who has paid. So only what is available counts here.
    Map<UUID, Integer> before = availableOf(late);
    Reservation ended = late.isOpen() ? giveBack(late, ReservationStatus.EXPIRED, now) : late;
    List<Shortage> shortages =
        ended.lines().stream()
            .filter(line -> line.quantity() > level(line.productId()).available())
            .map(line ->
                new Shortage(
                    line.productId(), line.quantity(), level(line.productId()).available()))
            .toList();
    if (!shortages.isEmpty()) {
      keep(ended.settledNow());
      return new Confirming.Failed(shortages);
    }
    enter(LedgerKind.RESERVED, ended);
    enter(LedgerKind.CONFIRMED, ended);
    return new Confirming.Confirmed(keep(ended.renewed(now).settledNow()), crossings(before));
  }

  private static @Nullable Resolving resolvedBefore(
      Reservation reservation, ReservationStatus wanted, Instant now) {
    if (reservation.isOverdue(now)) {
      return new Resolving.EndedOtherwise(reservation, ReservationStatus.EXPIRED);
    }
    if (reservation.isOpen()) {
      return null;
    }
    return reservation.status() == wanted
        ? new Resolving.EndedBefore(reservation)
        : new Resolving.EndedOtherwise(reservation, reservation.status());
  }

  private Reservation giveBack(Reservation reservation, ReservationStatus how, Instant now) {
    enter(how == ReservationStatus.EXPIRED ? LedgerKind.EXPIRED : LedgerKind.RELEASED, reservation);
    return keep(reservation.ended(how, now));
  }

  private Adjusting adjust(StockLevel level, LedgerKind kind, int change, @Nullable Reason reason) {
    Map<UUID, Integer> before = Map.of(level.productId(), level.available());
    StockLevel adjusted = level.changed(change, 0);
    levels.put(level.productId(), adjusted);
    ledger.add(
        new LedgerEntry(
            level.productId(), kind, change, 0, null, reason == null ? null : reason.value()));
    return new Adjusting.Adjusted(adjusted, kind, change, crossings(before));
  }

  private void enter(LedgerKind kind, Reservation reservation) {
    for (Line line : reservation.lines()) {
      int physicalChange = kind.physicalChange(line.quantity());
      int reservedChange = kind.reservedChange(line.quantity());
      levels.put(line.productId(), level(line.productId()).changed(physicalChange, reservedChange));
      ledger.add(
          new LedgerEntry(
              line.productId(), kind, physicalChange, reservedChange, reservation.orderId(), null));
    }
  }

  private Map<UUID, Integer> availableOf(Reservation reservation) {
    Map<UUID, Integer> available = new LinkedHashMap<>();
    reservation
        .lines()
        .forEach(line -> available.put(line.productId(), level(line.productId()).available()));
    return available;
  }

  private List<Crossing> crossings(Map<UUID, Integer> availableBefore) {
    List<Crossing> crossings = new ArrayList<>(0);
    availableBefore.forEach((productId, before) -> {
      StockLevel level = level(productId);
      if (before > level.minStock() && level.available() <= level.minStock()) {
        crossings.add(new Crossing.RanLow(level));
      }
      if (before > 0 && level.available() == 0) {
        crossings.add(new Crossing.Depleted(level));
      }
    });
    return crossings;
  }

  private Reservation keep(Reservation reservation) {
    reservations.put(reservation.orderId(), reservation);
    return reservation;
  }

  private Reservation reservation(UUID orderId) {
    return Objects.requireNonNull(
        reservations.get(orderId), () -> "the book was opened without order " + orderId);
  }

  private StockLevel level(UUID productId) {
    return Objects.requireNonNull(
        levels.get(productId), () -> "the book was opened without product " + productId);
  }
}
