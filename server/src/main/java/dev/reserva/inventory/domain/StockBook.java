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
 * The stock levels and reservations of one transaction, and the rules that change them.
 *
 * <p>It is opened with locked rows; more can be {@linkplain #include included} later. Each decision
 * sees the effects of those before it and enters its changes of stock in the ledger. {@link
 * #changes} returns the differences to the rows, for one command or for a batch of 500 events.
 *
 * <p>An expiry is judged by the {@code now} that is passed in: the database's clock, read after the
 * rows were locked. Not thread-safe.
 */
public final class StockBook {

  private final Map<UUID, StockLevel> found = new HashMap<>();
  private final Map<UUID, StockLevel> levels = new LinkedHashMap<>();
  private final Map<UUID, Reservation> known = new HashMap<>();
  private final Map<UUID, Reservation> reservations = new LinkedHashMap<>();
  private final List<LedgerEntry> ledger = new ArrayList<>();
  private final Supplier<UUID> ids;

  /**
   * @param levels of every product that the decisions will touch; a product without one is unknown
   * @param reservations of every order that the decisions will touch; an order without one has none
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
   * Adds locked rows.
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

  /** Says that the changes so far are written. {@link #changes} begins anew. */
  public void written() {
    found.putAll(levels);
    known.putAll(reservations);
    ledger.clear();
  }

  /** The order's reservation after the decisions so far; empty if it has none. */
  public Optional<Reservation> reservationOf(UUID orderId) {
    return Optional.ofNullable(reservations.get(orderId));
  }

  /** Reserves every line of the order, or none. */
  public ReserveOutcome reserve(UUID orderId, Basket basket, TimeToLive ttl, Instant now) {
    Reservation earlier = reservations.get(orderId);
    if (earlier != null) {
      return new ReserveOutcome.AlreadyKnown(earlier);
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
      return new ReserveOutcome.FellShort(shortages, unknown, inactive);
    }
    Reservation reservation = Reservation.open(ids.get(), orderId, basket, now, ttl);
    keep(reservation);
    Map<UUID, Integer> before = availableOf(reservation);
    enter(LedgerKind.RESERVED, reservation);
    return new ReserveOutcome.Reserved(reservation, crossings(before));
  }

  /**
   * The order is paid: takes its stock from the counters.
   *
   * <p>A reservation that has ended is renewed if its stock is available. This is tried once. If it
   * fails, the order is settled, and a later payment changes nothing.
   */
  public ConfirmOutcome pay(UUID orderId, Instant now) {
    Reservation reservation = reservations.get(orderId);
    if (reservation == null) {
      keep(Reservation.tombstone(ids.get(), orderId, now));
      return new ConfirmOutcome.Failed(List.of());
    }
    if (reservation.settled()) {
      return new ConfirmOutcome.AlreadySettled();
    }
    if (reservation.status() == ReservationStatus.CONFIRMED) {
      // Confirmed by hand before the payment: the order still needs the answer to its payment.
      return new ConfirmOutcome.Confirmed(keep(reservation.settledNow()), List.of());
    }
    if (reservation.isOpen() && !reservation.isOverdue(now)) {
      enter(LedgerKind.CONFIRMED, reservation);
      return new ConfirmOutcome.Confirmed(
          keep(reservation.ended(ReservationStatus.CONFIRMED, now).settledNow()), List.of());
    }
    return renew(reservation, now);
  }

  /**
   * The order is cancelled: gives reserved stock back and returns confirmed goods to stock. Nothing
   * is held for the order afterwards, even if its creation is handled later.
   */
  public CancelOutcome cancel(UUID orderId, Instant now) {
    Reservation reservation = reservations.get(orderId);
    if (reservation == null) {
      keep(Reservation.tombstone(ids.get(), orderId, now));
      return new CancelOutcome.NothingHeld();
    }
    return switch (reservation.status()) {
      case RESERVED ->
          new CancelOutcome.GivenBack(
              giveBack(
                  reservation.settledNow(),
                  reservation.isOverdue(now)
                      ? ReservationStatus.EXPIRED
                      : ReservationStatus.RELEASED,
                  now));
      case CONFIRMED -> {
        if (reservation.returnedAt() != null) {
          yield new CancelOutcome.NothingHeld();
        }
        enter(LedgerKind.RETURNED, reservation);
        Reservation returned = keep(reservation.settledNow().returned(now));
        yield new CancelOutcome.Returned(
            returned, returned.lines().stream().map(line -> level(line.productId())).toList());
      }
      case RELEASED, EXPIRED -> {
        if (!reservation.settled()) {
          keep(reservation.settledNow());
        }
        yield new CancelOutcome.NothingHeld();
      }
    };
  }

  /**
   * Goods of an order have come back by a return.
   *
   * @param earlier the returns of the order that were taken back before
   */
  public TakeBackOutcome takeBack(Return goods, Collection<Return> earlier) {
    if (earlier.stream().anyMatch(other -> other.id().equals(goods.id()))) {
      return new TakeBackOutcome.TakenBackBefore();
    }
    Reservation reservation = reservations.get(goods.orderId());
    if (reservation == null || !reservation.hasItsGoods()) {
      return new TakeBackOutcome.Impossible(
          "order %s has no goods that could come back".formatted(goods.orderId()));
    }
    for (Line line : goods.lines()) {
      long left = reservation.quantityOf(line.productId()) - unitsOf(line.productId(), earlier);
      if (line.quantity() > left) {
        return new TakeBackOutcome.Impossible(
            "return %s must have at most %d units of product %s, has %d"
                .formatted(goods.id(), left, line.productId(), line.quantity()));
      }
    }
    if (!goods.restock()) {
      return new TakeBackOutcome.TakenBack(goods, List.of());
    }
    enter(LedgerKind.RETURNED, goods.orderId(), goods.lines());
    return new TakeBackOutcome.TakenBack(
        goods, goods.lines().stream().map(line -> level(line.productId())).toList());
  }

  private static long unitsOf(UUID productId, Collection<Return> returns) {
    return returns.stream()
        .flatMap(goods -> goods.lines().stream())
        .filter(line -> line.productId().equals(productId))
        .mapToLong(Line::quantity)
        .sum();
  }

  /** Confirms a reservation by hand. An ended reservation stays as it is: only a payment renews. */
  public ResolveOutcome confirm(UUID orderId, Instant now) {
    Reservation reservation = reservation(orderId);
    ResolveOutcome past = resolvedBefore(reservation, ReservationStatus.CONFIRMED, now);
    if (past != null) {
      return past;
    }
    enter(LedgerKind.CONFIRMED, reservation);
    return new ResolveOutcome.Ended(keep(reservation.ended(ReservationStatus.CONFIRMED, now)));
  }

  /** Releases a reservation by hand. */
  public ResolveOutcome release(UUID orderId, Instant now) {
    Reservation reservation = reservation(orderId);
    ResolveOutcome past = resolvedBefore(reservation, ReservationStatus.RELEASED, now);
    return past != null
        ? past
        : new ResolveOutcome.Ended(giveBack(reservation, ReservationStatus.RELEASED, now));
  }

  /** Expires a reservation if it is overdue. */
  public ResolveOutcome expire(UUID orderId, Instant now) {
    Reservation reservation = reservation(orderId);
    if (reservation.isOverdue(now)) {
      return new ResolveOutcome.Ended(giveBack(reservation, ReservationStatus.EXPIRED, now));
    }
    return reservation.status() == ReservationStatus.EXPIRED
        ? new ResolveOutcome.EndedBefore(reservation)
        : new ResolveOutcome.EndedOtherwise(reservation, reservation.status());
  }

  /** Adds received goods. */
  public AdjustOutcome receive(UUID productId, Quantity quantity, @Nullable ByHand by) {
    StockLevel level = levels.get(productId);
    if (level == null) {
      return new AdjustOutcome.UnknownProduct(productId);
    }
    return quantity.value() > Integer.MAX_VALUE - level.physical()
        ? new AdjustOutcome.TooMuch(level, quantity.value())
        : adjust(level, LedgerKind.RECEIVED, quantity.value(), by);
  }

  /**
   * Sets the physical quantity to what was counted.
   *
   * @param physical 0 or more
   */
  public AdjustOutcome count(UUID productId, PhysicalStock physical, @Nullable ByHand by) {
    StockLevel level = levels.get(productId);
    if (level == null) {
      return new AdjustOutcome.UnknownProduct(productId);
    }
    if (physical.value() < level.reserved()) {
      return new AdjustOutcome.BelowReserved(level, physical.value());
    }
    int change = physical.value() - level.physical();
    return change == 0
        ? new AdjustOutcome.Unchanged(level)
        : adjust(level, LedgerKind.ADJUSTED, change, by);
  }

  /** The differences to the rows that the book was opened with. */
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
   * The changes that a transaction makes.
   *
   * @param opened new reservations, tombstones included
   * @param moved existing reservations that have changed
   * @param levels that have changed
   * @param ledger the entries, in order
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

  private ConfirmOutcome renew(Reservation late, Instant now) {
    // A product that was discontinued after the order was accepted is still delivered to a buyer
    // who has paid. So only the available quantity counts here.
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
      return new ConfirmOutcome.Failed(shortages);
    }
    enter(LedgerKind.RESERVED, ended);
    enter(LedgerKind.CONFIRMED, ended);
    return new ConfirmOutcome.Confirmed(keep(ended.renewed(now).settledNow()), crossings(before));
  }

  private static @Nullable ResolveOutcome resolvedBefore(
      Reservation reservation, ReservationStatus wanted, Instant now) {
    if (reservation.isOverdue(now)) {
      return new ResolveOutcome.EndedOtherwise(reservation, ReservationStatus.EXPIRED);
    }
    if (reservation.isOpen()) {
      return null;
    }
    return reservation.status() == wanted
        ? new ResolveOutcome.EndedBefore(reservation)
        : new ResolveOutcome.EndedOtherwise(reservation, reservation.status());
  }

  private Reservation giveBack(Reservation reservation, ReservationStatus how, Instant now) {
    enter(how == ReservationStatus.EXPIRED ? LedgerKind.EXPIRED : LedgerKind.RELEASED, reservation);
    return keep(reservation.ended(how, now));
  }

  private AdjustOutcome adjust(StockLevel level, LedgerKind kind, int change, @Nullable ByHand by) {
    Map<UUID, Integer> before = Map.of(level.productId(), level.available());
    StockLevel adjusted = level.changed(change, 0);
    levels.put(level.productId(), adjusted);
    ledger.add(
        new LedgerEntry(
            level.productId(),
            kind,
            change,
            0,
            null,
            by == null ? null : by.text(),
            by == null ? null : by.actor()));
    return new AdjustOutcome.Adjusted(adjusted, kind, change, crossings(before));
  }

  private void enter(LedgerKind kind, Reservation reservation) {
    enter(kind, reservation.orderId(), reservation.lines());
  }

  private void enter(LedgerKind kind, UUID orderId, List<Line> lines) {
    for (Line line : lines) {
      int physicalChange = kind.physicalChange(line.quantity());
      int reservedChange = kind.reservedChange(line.quantity());
      levels.put(line.productId(), level(line.productId()).changed(physicalChange, reservedChange));
      ledger.add(
          new LedgerEntry(
              line.productId(), kind, physicalChange, reservedChange, orderId, null, null));
    }
  }

  private Map<UUID, Integer> availableOf(Reservation reservation) {
    Map<UUID, Integer> available = new LinkedHashMap<>();
    reservation
        .lines()
        .forEach(line -> available.put(line.productId(), level(line.productId()).available()));
    return available;
  }

  private List<ThresholdCrossing> crossings(Map<UUID, Integer> availableBefore) {
    List<ThresholdCrossing> crossings = new ArrayList<>(0);
    availableBefore.forEach((productId, before) -> {
      StockLevel level = level(productId);
      if (before > level.minStock() && level.available() <= level.minStock()) {
        crossings.add(new ThresholdCrossing.RanLow(level));
      }
      if (before > 0 && level.available() == 0) {
        crossings.add(new ThresholdCrossing.Depleted(level));
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
