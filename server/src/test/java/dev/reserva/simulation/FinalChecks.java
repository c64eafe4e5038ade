package dev.reserva.simulation;

import static dev.reserva.simulation.Chronicle.name;

import dev.reserva.contracts.Money;
import dev.reserva.financial.adapters.memory.MemoryPayments;
import dev.reserva.inventory.adapters.memory.MemoryReservations;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.ReservationStatus;
import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.Deliveries;
import dev.reserva.messaging.EventLog.Filter;
import dev.reserva.messaging.Subscription;
import dev.reserva.sales.adapters.memory.MemoryOrders;
import dev.reserva.sales.domain.OrderStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The checks at the end of a schedule: orders, stock and money agree. The checks use the answers to
 * buyers and the provider's ledger, not only the server's own tables. They leave out orders behind
 * an open dead letter, or with an event that an operator discarded.
 */
final class FinalChecks {

  private static final int MANY = 1_000;

  private final World world;
  private final Buyers buyers;
  private final Operators operators;
  private final Invariants invariants;
  private final Set<UUID> blocked = new TreeSet<>();
  private final Map<UUID, MemoryOrders.Row> orders = new HashMap<>();

  FinalChecks(World world, Buyers buyers, Operators operators, Invariants invariants) {
    this.world = world;
    this.buyers = buyers;
    this.operators = operators;
    this.invariants = invariants;
    for (DeadLetter letter : world.backbone.deadLetters().list(null, MANY)) {
      blocked.add(letter.event().key());
    }
    MemoryOrders.table(world.database).values().forEach(row -> orders.put(row.state().id(), row));
  }

  void run() {
    buyers.placements().forEach(this::placement);
    for (MemoryOrders.Row row : MemoryOrders.table(world.database).values()) {
      if (!isExcused(row.state().id())) {
        order(row);
        invariants.receivableAtTheEnd(row);
      }
    }
    for (Reservation reservation : MemoryReservations.table(world.database).values()) {
      reservation(reservation);
    }
    world.acquirer.accounts().forEach(this::account);
    invariants.subscriptions().forEach(this::subscription);
  }

  private boolean isExcused(UUID order) {
    return blocked.contains(order) || operators.hasGivenUp(order);
  }

  private void placement(Buyers.Placement placement) {
    UUID acknowledged = placement.acknowledged;
    if (acknowledged != null && placement.mayBeDeleted && !orders.containsKey(acknowledged)) {
      return;
    }
    if (acknowledged == null ? !placement.refused : !orders.containsKey(acknowledged)) {
      world.broken(
          Invariant.ACKNOWLEDGED_ORDERS_LIVE,
          acknowledged == null
              ? "a buyer never got an answer"
              : "order %s is lost".formatted(name(acknowledged)));
    }
    long made =
        orders.values().stream().filter(row -> placement.key().equals(row.requestKey())).count();
    if (made != (acknowledged == null ? 0 : 1)) {
      world.broken(Invariant.ONE_ORDER_PER_KEY, "one request made %d orders".formatted(made));
    }
  }

  private void order(MemoryOrders.Row row) {
    UUID id = row.state().id();
    OrderStatus status = row.state().status();
    if (status.isUnderWay()) {
      world.broken(
          Invariant.NO_ORDER_STAYS_UNDER_WAY, "order %s is still %s".formatted(name(id), status));
      return;
    }
    boolean holdsStock =
        MemoryReservations.table(world.database)
            .get(id)
            .filter(it -> it.status() == ReservationStatus.CONFIRMED && it.returnedAt() == null)
            .isPresent();
    Money zero = Money.zero(row.state().total().currency());
    Money captured = zero;
    Money refunded = zero;
    List<UUID> payments = new ArrayList<>();
    for (MemoryPayments.Row payment : invariants.payments(id)) {
      payments.add(payment.terms().id());
      captured = captured.plus(captured(payment.terms().id(), zero));
      refunded = refunded.plus(refunded(payment.terms().id(), zero));
    }
    boolean agrees =
        status.isConfirmedOrLater()
            ? holdsStock
                && captured.equals(row.state().total())
                && isPromised(refunded, invariants.returns().refunded(id, zero), payments)
            : !holdsStock && captured.equals(refunded);
    invariants.shipping().agree(row);
    invariants.returns().atTheEnd(id);
    if (!agrees) {
      world.broken(
          Invariant.ORDER_STOCK_AND_MONEY_AGREE,
          "order %s of %s is %s, %s stock, the provider took %s and gave back %s"
              .formatted(
                  name(id),
                  row.state().total(),
                  status,
                  holdsStock ? "has" : "has no",
                  captured,
                  refunded));
    }
  }

  private Money captured(UUID payment, Money zero) {
    return world
        .acquirer
        .account(payment)
        .filter(Acquirer.Account::captured)
        .map(account -> account.amount)
        .orElse(zero);
  }

  private Money refunded(UUID payment, Money zero) {
    return world
        .acquirer
        .account(payment)
        .map(account -> account.refunded(zero.currency()))
        .orElse(zero);
  }

  /**
   * For an order that is not cancelled, the refund is what its returns are refunded, and between
   * the acknowledged and the possible sum of those by hand.
   */
  private boolean isPromised(Money refunded, Money forReturns, List<UUID> payments) {
    Money surely = forReturns;
    Money perhaps = Money.zero(refunded.currency());
    for (UUID payment : payments) {
      Operators.Promised promised = operators.promised(payment);
      surely = surely.plus(promised.surely());
      perhaps = perhaps.plus(promised.perhaps());
    }
    return refunded.compareTo(surely) >= 0 && refunded.compareTo(surely.plus(perhaps)) <= 0;
  }

  private void reservation(Reservation reservation) {
    if (reservation.isOpen()) {
      world.broken(
          Invariant.RESERVATION_ENDS_ONCE,
          "the reservation of %s is open past its end".formatted(name(reservation.orderId())));
    }
  }

  /** Each charge at the provider agrees with a recorded payment. */
  private void account(Acquirer.Account account) {
    MemoryPayments.Row payment = MemoryPayments.table(world.database).get(account.key).orElse(null);
    if (payment == null) {
      world.broken(
          Invariant.BOOKS_EQUAL_THE_PROVIDER,
          "the provider knows charge %s, the books do not".formatted(name(account.key)));
      return;
    }
    if (isExcused(payment.terms().orderId())) {
      return;
    }
    boolean captured = payment.state().status().isCaptured();
    String currency = payment.terms().amount().currency();
    if (captured != account.captured()
        || !payment.state().balance().owed().isZero()
        || !payment.state().balance().refunded().equals(account.refunded(currency))
        || account.standing == Acquirer.Standing.PENDING) {
      world.broken(
          Invariant.BOOKS_EQUAL_THE_PROVIDER,
          "payment %s is %s, refunded %s, owed %s; the provider: %s, refunded %s"
              .formatted(
                  name(account.key),
                  payment.state().status(),
                  payment.state().balance().refunded(),
                  payment.state().balance().owed(),
                  account.standing,
                  account.refunded(currency)));
    }
  }

  /** Every event in the log has been handled. */
  private void subscription(Subscription subscription) {
    Deliveries.Account account = world.backbone.account(subscription.name()).orElseThrow();
    long published =
        world.backbone.log().search(Filter.ANY, 0, Integer.MAX_VALUE).entries().stream()
            .filter(entry -> subscription.types().contains(entry.event().type()))
            .count();
    List<DeadLetter> open =
        world.backbone.deadLetters().list(null, MANY).stream()
            .filter(letter -> letter.subscription().equals(subscription.name()))
            .toList();
    // What was handled locally is counted when the cursor passes it.
    long ahead = world.backbone.handledLocallyAfter(subscription.name(), account.position());
    if (account.delivered() + ahead != published || (open.isEmpty() && account.parked() > 0)) {
      world.broken(
          Invariant.DELIVERIES_ARE_COUNTED,
          "%s of %d published, with %d open dead letters"
              .formatted(account, published, open.size()));
    }
  }
}
