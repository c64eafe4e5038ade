package dev.reserva.simulation;

import dev.reserva.contracts.InventoryEvent.Line;
import dev.reserva.contracts.InventoryEvent.StockReleased;
import dev.reserva.contracts.Money;
import dev.reserva.financial.adapters.memory.MemoryPayments;
import dev.reserva.financial.application.PaymentProvider.Approved;
import dev.reserva.financial.application.PaymentProvider.Decision;
import dev.reserva.financial.application.PaymentProvider.Declined;
import dev.reserva.financial.application.RefundPayment;
import dev.reserva.financial.application.SettlePayment;
import dev.reserva.inventory.adapters.memory.MemoryReservations;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.DeadLetters.Outcome;
import dev.reserva.sales.adapters.memory.MemoryOrders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Operators who handle dead letters and refunds, and sometimes publish invalid events. */
final class Operators {

  private static final Cause CAUSE = Cause.of("operator");
  private static final String UNREADABLE = "lost";
  private static final String READABLE = "manual";
  private static final int MANY = 100;

  private final World world;

  /** Keys of discarded events. The operator is responsible for the state of their orders. */
  private final Set<UUID> discarded = new TreeSet<>();

  /** By payment: the acknowledged refunds, and those with an unknown outcome. */
  private final Map<UUID, Promised> promised = new LinkedHashMap<>();

  /**
   * @param surely acknowledged
   * @param perhaps besides: nobody knows
   */
  record Promised(Money surely, Money perhaps) {
    static final Promised NOTHING = new Promised(Money.zero("BRL"), Money.zero("BRL"));
  }

  Operators(World world) {
    this.world = world;
  }

  boolean hasGivenUp(UUID order) {
    return discarded.contains(order);
  }

  Promised promised(UUID payment) {
    return promised.getOrDefault(payment, Promised.NOTHING);
  }

  void act() {
    switch (world.random.nextInt(12)) {
      case 0, 1 -> refund();
      case 2 -> settle();
      case 3 -> publishNonsense();
      default ->
          world
              .oneOf(world.backbone.deadLetters().list(null, MANY))
              .ifPresent(letter -> {
                if (world.random.nextInt(6) == 0) {
                  discard(letter);
                } else {
                  repair(letter);
                }
              });
    }
  }

  /** Repairs every dead letter. */
  void tidyUp() {
    world.backbone.deadLetters().list(null, MANY).forEach(this::repair);
  }

  private void repair(DeadLetter letter) {
    String data = letter.event().data();
    boolean edits = data.contains(quoted(UNREADABLE));
    String edited = edits ? data.replace(quoted(UNREADABLE), quoted(READABLE)) : null;
    Outcome outcome = world.backbone.operators().retry(letter.id(), edited, "ana");
    world.note(
        "retry of %s: %s".formatted(letter.event().type(), outcome.getClass().getSimpleName()));
    switch (outcome) {
      case Outcome.Done _ ->
          world.tally.count(edits ? Happening.LETTER_EDITED : Happening.LETTER_RETRIED);
      case Outcome.Refused(var why) ->
          world.broken(Invariant.NO_SURPRISES, "a sound edit is refused: " + why);
      case Outcome.Unknown _, Outcome.Conflict _ ->
          world.broken(Invariant.NO_SURPRISES, "an open letter is not: " + outcome);
    }
  }

  private static String quoted(String reason) {
    return "\"reason\":\"" + reason + "\"";
  }

  private void discard(DeadLetter letter) {
    if (world.backbone.operators().discard(letter.id(), "simulated", "ana")
        instanceof Outcome.Done) {
      discarded.add(letter.event().key());
      world.tally.count(Happening.LETTER_DISCARDED);
      world.note(
          "discards %s of %s"
              .formatted(letter.event().type(), Chronicle.name(letter.event().key())));
    }
  }

  private void refund() {
    List<MemoryPayments.Row> paid =
        MemoryPayments.table(world.database).values().stream()
            .filter(row -> row.state().status().isCaptured())
            .toList();
    world
        .oneOf(paid)
        .ifPresent(row -> {
          UUID payment = row.terms().id();
          Money amount = Money.of((1 + world.random.nextInt(20)) + ".00", "BRL");
          Optional<RefundPayment.Outcome> outcome =
              world.command(
                  "promises %s of %s back".formatted(amount, Chronicle.name(payment)),
                  (process, tx) ->
                      process.financial.refundPayment.refund(
                          new RefundPayment.Request(payment, amount, "goodwill"), CAUSE, tx));
          Promised before = promised(payment);
          if (outcome.isEmpty()) {
            promised.put(payment, new Promised(before.surely(), before.perhaps().plus(amount)));
          } else if (outcome.get() instanceof RefundPayment.Outcome.Promised) {
            promised.put(payment, new Promised(before.surely().plus(amount), before.perhaps()));
            world.tally.count(Happening.REFUND_PROMISED_BY_HAND);
          }
        });
  }

  /** The operator settles a payment according to the provider's ledger. */
  private void settle() {
    List<MemoryPayments.Row> waiting = new ArrayList<>();
    for (MemoryPayments.Row row : MemoryPayments.table(world.database).values()) {
      if (row.state().isWaiting() && truth(row.terms().id()).isPresent()) {
        waiting.add(row);
      }
    }
    world
        .oneOf(waiting)
        .ifPresent(row -> {
          UUID payment = row.terms().id();
          Decision answer = truth(payment).orElseThrow();
          world
              .command(
                  "settles %s by hand".formatted(Chronicle.name(payment)),
                  (process, tx) ->
                      process.financial.settlePayment.byHand(payment, answer, CAUSE, tx))
              .filter(SettlePayment.Outcome.Settled.class::isInstance)
              .ifPresent(_ -> world.tally.count(Happening.SETTLED_BY_HAND));
        });
  }

  private Optional<Decision> truth(UUID payment) {
    return world
        .acquirer
        .account(payment)
        .flatMap(account ->
            switch (account.standing) {
              case CAPTURED -> Optional.of(new Approved("by hand"));
              case DECLINED -> Optional.of(new Declined("declined"));
              case PENDING, VOIDED -> Optional.empty();
            });
  }

  /** An unreadable event about an order. */
  private void publishNonsense() {
    world
        .oneOf(MemoryOrders.table(world.database).values())
        .ifPresent(row -> {
          UUID order = row.state().id();
          UUID reservation =
              MemoryReservations.table(world.database)
                  .get(order)
                  .map(Reservation::id)
                  .orElseGet(world.ids::next);
          var lines =
              row.lines().stream()
                  .map(line -> new Line(line.productId(), line.quantity().value(), null))
                  .toList();
          world.command(
              "publishes nonsense about " + Chronicle.name(order),
              (process, tx) -> {
                var event =
                    tx.publish(new StockReleased(order, reservation, lines, UNREADABLE), CAUSE);
                world.witness.poisoned(event.id());
                world.tally.count(Happening.POISON_PUBLISHED);
                return event;
              });
        });
  }
}
