package dev.reserva.simulation;

import static dev.reserva.simulation.Chronicle.name;

import dev.reserva.contracts.Money;
import dev.reserva.financial.adapters.memory.MemoryPayments;
import dev.reserva.financial.adapters.memory.MemoryReceivables;
import dev.reserva.financial.domain.ReceivableEntry;
import dev.reserva.financial.domain.ReceivableEntry.Kind;
import dev.reserva.financial.domain.ReceivableStatus;
import dev.reserva.messaging.memory.MemoryTable;
import dev.reserva.sales.adapters.memory.MemoryOrders;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Checks that receivables add up to their ledger, to payments and, at the end, to orders. */
final class ReceivableInvariants {

  private final World world;
  private final MemoryTable<UUID, MemoryReceivables.Row> receivables;
  private final MemoryTable<UUID, MemoryPayments.Row> payments;
  private final Set<UUID> touched = new LinkedHashSet<>();

  ReceivableInvariants(World world) {
    this.world = world;
    receivables = MemoryReceivables.table(world.database);
    payments = MemoryPayments.table(world.database);
    receivables.watch(touched::add);
  }

  /** Has the receivable of an order checked whose payments changed. */
  void touch(UUID order) {
    touched.add(order);
  }

  /** Checks the receivables that changed, or whose payments did, since the last check. */
  void check() {
    touched.forEach(this::check);
    touched.clear();
  }

  private void check(UUID order) {
    List<MemoryPayments.Row> paid =
        payments.values().stream().filter(row -> row.terms().orderId().equals(order)).toList();
    MemoryReceivables.Row receivable = receivables.get(order).orElse(null);
    if (receivable == null) {
      if (!paid.isEmpty()) {
        world.broken(
            Invariant.RECEIVABLES_ADD_UP,
            "order %s has payments and no receivable".formatted(name(order)));
      }
      return;
    }
    Money zero = Money.zero(receivable.terms().amount().currency());
    Money taken = zero;
    Money refunded = zero;
    boolean keeps = false;
    for (MemoryPayments.Row payment : paid) {
      boolean captured = payment.state().status().isCaptured();
      taken = captured ? taken.plus(payment.terms().amount()) : taken;
      refunded = refunded.plus(payment.state().balance().refunded());
      keeps |= captured && !payment.state().balance().left().isZero();
    }
    ReceivableStatus status = receivable.state().status();
    Money cancelled = status == ReceivableStatus.CANCELLED ? receivable.terms().amount() : zero;
    if (!sum(receivable, Kind.OPENED).equals(receivable.terms().amount())
        || !sum(receivable, Kind.SETTLED).equals(taken)
        || !sum(receivable, Kind.REFUNDED).equals(refunded)
        || !sum(receivable, Kind.CANCELLED).equals(cancelled)
        || !receivable.state().settled().equals(taken)
        || !receivable.state().refunded().equals(refunded)
        || (keeps && status != ReceivableStatus.SETTLED)) {
      world.broken(
          Invariant.RECEIVABLES_ADD_UP,
          "the receivable of order %s is %s, settled %s, refunded %s, its ledger %s; its payments took %s and gave back %s"
              .formatted(
                  name(order),
                  status,
                  receivable.state().settled(),
                  receivable.state().refunded(),
                  receivable.ledger(),
                  taken,
                  refunded));
    }
  }

  private static Money sum(MemoryReceivables.Row receivable, Kind kind) {
    return receivable.ledger().stream()
        .filter(entry -> entry.kind() == kind)
        .map(ReceivableEntry::amount)
        .reduce(Money.zero(receivable.terms().amount().currency()), Money::plus);
  }

  /**
   * Checks an order that nothing will happen to any more. A dead one may have no receivable: its
   * end came before its creation, or it was a draft.
   */
  void atTheEnd(MemoryOrders.Row order) {
    MemoryReceivables.Row receivable = receivables.get(order.state().id()).orElse(null);
    ReceivableStatus status = receivable == null ? null : receivable.state().status();
    boolean agrees =
        order.state().status().isConfirmedOrLater()
            ? status == ReceivableStatus.SETTLED
            : status != ReceivableStatus.OPEN;
    if (!agrees
        || (receivable != null && !receivable.terms().amount().equals(order.state().total()))) {
      world.broken(
          Invariant.RECEIVABLES_ADD_UP,
          "order %s of %s is %s, its receivable %s"
              .formatted(
                  name(order.state().id()),
                  order.state().total(),
                  order.state().status(),
                  receivable == null
                      ? "absent"
                      : receivable.state() + " of " + receivable.terms()));
    }
  }
}
