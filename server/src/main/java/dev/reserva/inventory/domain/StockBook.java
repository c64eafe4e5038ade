package dev.reserva.inventory.domain;

import java.time.Duration;
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
import java.util.function.BiPredicate;
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

  private final Shelves shelves = new Shelves();
  private final Map<UUID, Reservation> known = new HashMap<>();
  private final Map<UUID, Reservation> reservations = new LinkedHashMap<>();
  private final Supplier<UUID> ids;

  /**
   * @param stock of every product that the decisions will touch; a product without it is unknown
   * @param reservations of every order that the decisions will touch; an order without one has none
   * @param ids for new reservations
   */
  public StockBook(
      Collection<ProductStock> stock, Collection<Reservation> reservations, Supplier<UUID> ids) {
    this.ids = ids;
    include(stock, reservations);
  }

  /**
   * Adds locked rows.
   *
   * @param more stock of products that no decision has touched
   * @param others reservations of orders that no decision has touched
   */
  public void include(Collection<ProductStock> more, Collection<Reservation> others) {
    shelves.include(more);
    others.forEach(reservation -> {
      known.put(reservation.orderId(), reservation);
      reservations.put(reservation.orderId(), reservation);
    });
  }

  /** Says that the changes so far are written. {@link #changes} begins anew. */
  public void written() {
    shelves.written();
    known.putAll(reservations);
  }

  /** The order's reservation after the decisions so far; empty if it has none. */
  public Optional<Reservation> reservationOf(UUID orderId) {
    return Optional.ofNullable(reservations.get(orderId));
  }

  /** Reserves every line of the order, or none, at the locations that the strategy chooses. */
  public ReserveOutcome reserve(
      UUID orderId, Basket basket, AllocationStrategy strategy, TimeToLive ttl, Instant now) {
    return reserve(orderId, basket, (_, _) -> false, strategy, ttl, now);
  }

  /**
   * Reserves every line of the order, or none. A line whose stock is short waits as a whole if its
   * product {@linkplain Backorder permits} it, and so does a line of a product before its release.
   */
  public ReserveOutcome reserveOrWait(
      UUID orderId, Basket basket, AllocationStrategy strategy, TimeToLive ttl, Instant now) {
    return reserve(
        orderId,
        basket,
        (line, stock) -> stock.backorder().allows(line.quantity(), stock.awaited(), now),
        strategy,
        ttl,
        now);
  }

  private ReserveOutcome reserve(
      UUID orderId,
      Basket basket,
      BiPredicate<Line, ProductStock> mayWait,
      AllocationStrategy strategy,
      TimeToLive ttl,
      Instant now) {
    Reservation earlier = reservations.get(orderId);
    if (earlier != null) {
      return new ReserveOutcome.AlreadyKnown(earlier);
    }
    Demand demand = Demand.of(basket, shelves, mayWait, now);
    if (!demand.canBeMet()) {
      return new ReserveOutcome.FellShort(demand.shortages(), demand.unknown(), demand.inactive());
    }
    Allocation allocation =
        demand.served().isEmpty()
            ? new Allocation(List.of(), AllocationReason.ONLY_LOCATION)
            : strategy.allocate(new Basket(demand.served()), shelves::of);
    Reservation reservation =
        Reservation.open(ids.get(), orderId, allocation, demand.awaited(), now, ttl);
    keep(reservation);
    Map<UUID, Integer> before = shelves.available(reservation.products());
    enter(LedgerKind.RESERVED, reservation);
    demand.awaited().forEach(units -> shelves.await(units.productId(), units.quantity()));
    return new ReserveOutcome.Reserved(reservation, shelves.crossings(before));
  }

  /**
   * The order is paid: takes its stock from the counters.
   *
   * <p>A reservation that has ended is renewed if its stock is available. This is tried once. If it
   * fails, the order is settled, and a later payment changes nothing. A reservation that ended
   * while it waited for stock is not renewed.
   *
   * @param longestWait how long a paid order may wait for its stock
   */
  public ConfirmOutcome pay(UUID orderId, Duration longestWait, Instant now) {
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
      if (reservation.isWaiting()) {
        return new ConfirmOutcome.Waits(keep(reservation.waitingUntil(now.plus(longestWait))));
      }
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
            returned,
            returned.lines().stream()
                .map(line -> shelves.at(line.productId(), line.location()))
                .toList());
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
    return new TakingBack(shelves).takeBack(goods, reservations.get(goods.orderId()), earlier);
  }

  /**
   * Gives a waiting order the stock of a product.
   *
   * <p>Orders are served in the order in which they came. A {@link AllocateOutcome.FellShort} ends
   * the product's turn.
   */
  public AllocateOutcome allocate(
      UUID orderId, UUID productId, AllocationStrategy strategy, Instant now) {
    Reservation reservation = reservation(orderId);
    int quantity = reservation.awaitedOf(productId);
    if (quantity == 0 || !reservation.isOpen() || reservation.isOverdue(now)) {
      return new AllocateOutcome.NotAwaited();
    }
    ProductStock stock = shelves.of(productId);
    int available = stock.backorder().isBeforeRelease(now) ? 0 : stock.availableToWaiting();
    if (quantity > available) {
      return new AllocateOutcome.FellShort(new Shortage(productId, quantity, available));
    }
    Allocation allocation =
        strategy.allocate(new Basket(List.of(new Line(productId, quantity))), shelves::of);
    shelves.enter(LedgerKind.RESERVED, orderId, allocation.held());
    shelves.await(productId, -quantity);
    Reservation held = reservation.with(productId, allocation);
    if (held.isWaiting() || !held.settled()) {
      return new AllocateOutcome.Allocated(keep(held));
    }
    enter(LedgerKind.CONFIRMED, held);
    return new AllocateOutcome.Completed(keep(held.ended(ReservationStatus.CONFIRMED, now)));
  }

  /** Confirms a reservation by hand. An ended reservation stays as it is: only a payment renews. */
  public ResolveOutcome confirm(UUID orderId, Instant now) {
    Reservation reservation = reservation(orderId);
    ResolveOutcome past = resolvedBefore(reservation, ReservationStatus.CONFIRMED, now);
    if (past != null) {
      return past;
    }
    if (reservation.isWaiting()) {
      return new ResolveOutcome.Waits(reservation);
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

  /** The decisions about what people change by hand. */
  public StockByHand byHand() {
    return new StockByHand(shelves);
  }

  /** The differences to the rows that the book was opened with. */
  public Changes changes() {
    List<Reservation> opened = new ArrayList<>();
    List<Reservation> moved = new ArrayList<>();
    List<Reservation> rewritten = new ArrayList<>(0);
    reservations.forEach((orderId, reservation) -> {
      Reservation before = known.get(orderId);
      if (before == null) {
        opened.add(reservation);
      } else if (!before.awaited().isEmpty() && !before.equals(reservation)) {
        rewritten.add(reservation);
      } else if (!before.equals(reservation)) {
        moved.add(reservation);
      }
    });
    return new Changes(opened, moved, rewritten, shelves.changed(), shelves.ledger());
  }

  /**
   * The changes that a transaction makes.
   *
   * @param opened new reservations, tombstones included
   * @param moved existing reservations whose state has changed
   * @param rewritten existing reservations that waited for stock and have changed: in their state,
   *     their lines or their expiry
   * @param levels that have changed
   * @param ledger the entries, in order
   */
  public record Changes(
      List<Reservation> opened,
      List<Reservation> moved,
      List<Reservation> rewritten,
      List<StockLevel> levels,
      List<LedgerEntry> ledger) {
    public Changes {
      opened = List.copyOf(opened);
      moved = List.copyOf(moved);
      rewritten = List.copyOf(rewritten);
      levels = List.copyOf(levels);
      ledger = List.copyOf(ledger);
    }
  }

  private ConfirmOutcome renew(Reservation late, Instant now) {
    // A buyer who has paid gets the goods from where they were held, also if the product was
    // discontinued, the location closed or its safety stock raised since. So only what no other
    // order holds there counts here.
    Map<UUID, Integer> before = shelves.available(late.products());
    Reservation ended = late.isOpen() ? giveBack(late, ReservationStatus.EXPIRED, now) : late;
    List<Shortage> shortages =
        new ArrayList<>(
            ended.lines().stream()
                .filter(line -> line.quantity() > unheld(line))
                .map(line -> new Shortage(line.productId(), line.quantity(), unheld(line)))
                .toList());
    shortages.addAll(shortages(ended.awaited()));
    if (!shortages.isEmpty()) {
      keep(ended.settledNow());
      return new ConfirmOutcome.Failed(shortages);
    }
    enter(LedgerKind.RESERVED, ended);
    enter(LedgerKind.CONFIRMED, ended);
    return new ConfirmOutcome.Confirmed(
        keep(ended.renewed(now).settledNow()), shelves.crossings(before));
  }

  /** What an order that waits lacks. */
  public List<Shortage> shortages(List<Awaited> awaited) {
    return awaited.stream()
        .map(units ->
            new Shortage(
                units.productId(), units.quantity(), shelves.of(units.productId()).available()))
        .toList();
  }

  private int unheld(Held line) {
    return shelves.at(line.productId(), line.location()).unheld();
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
    reservation.awaited().forEach(units -> shelves.await(units.productId(), -units.quantity()));
    return keep(reservation.ended(how, now));
  }

  private void enter(LedgerKind kind, Reservation reservation) {
    shelves.enter(kind, reservation.orderId(), reservation.lines());
  }

  private Reservation keep(Reservation reservation) {
    reservations.put(reservation.orderId(), reservation);
    return reservation;
  }

  private Reservation reservation(UUID orderId) {
    return Objects.requireNonNull(
        reservations.get(orderId), () -> "the book was opened without order " + orderId);
  }
}
