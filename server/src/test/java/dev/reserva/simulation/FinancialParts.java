package dev.reserva.simulation;

import dev.reserva.financial.adapters.memory.MemoryOrderNotes;
import dev.reserva.financial.adapters.memory.MemoryPayments;
import dev.reserva.financial.adapters.memory.MemoryReceivables;
import dev.reserva.financial.adapters.memory.MemoryReceivedWebhooks;
import dev.reserva.financial.adapters.memory.MemoryRefunds;
import dev.reserva.financial.adapters.memory.MemoryReviews;
import dev.reserva.financial.adapters.messaging.OrderMessages;
import dev.reserva.financial.application.AskProvider;
import dev.reserva.financial.application.CallPolicy;
import dev.reserva.financial.application.FollowOrders;
import dev.reserva.financial.application.PayRefunds;
import dev.reserva.financial.application.PaymentPolicy;
import dev.reserva.financial.application.ProcessPayment;
import dev.reserva.financial.application.ProviderAccess;
import dev.reserva.financial.application.RefundPayment;
import dev.reserva.financial.application.SettlePayment;
import dev.reserva.financial.domain.Backoff;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import java.time.Duration;
import java.util.Random;

/** Financial in one process, wired as {@code FinancialConfiguration} does it. */
final class FinancialParts {

  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  final ProcessPayment processPayment;
  final SettlePayment settlePayment;
  final RefundPayment refundPayment;
  final Subscription subscription;
  final Worker payments;
  final Worker refunds;

  FinancialParts(World world, Transactions transactions, Wire wire) {
    var policy =
        new CallPolicy(
            Duration.ofSeconds(5),
            world.maxCalls,
            Duration.ofSeconds(10),
            new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30)),
            world.maxAttempts,
            Duration.ofSeconds(60));
    var paid = new PaymentPolicy(world.defaultMethod, world.tries);
    var paymentRows = new MemoryPayments();
    var refundRows = new MemoryRefunds();
    var receivables = new MemoryReceivables();
    var reviews = new MemoryReviews();
    var notes = new MemoryOrderNotes();
    var askProvider =
        new AskProvider(
            paymentRows,
            refundRows,
            receivables,
            reviews,
            transactions,
            access(world, policy, wire),
            world.ids,
            FinancialParts::nobodyWaits,
            FinancialParts::nobodyWaits);
    var payRefunds =
        new PayRefunds(
            paymentRows,
            refundRows,
            receivables,
            reviews,
            transactions,
            access(world, policy, wire),
            world.ids,
            FinancialParts::nobodyWaits);
    this.processPayment =
        new ProcessPayment(
            paymentRows, notes, askProvider, world.ids, paid, FinancialParts::nobodyWaits);
    this.settlePayment =
        new SettlePayment(
            paymentRows,
            refundRows,
            receivables,
            new MemoryReceivedWebhooks(),
            reviews,
            world.ids,
            FinancialParts::nobodyWaits,
            FinancialParts::nobodyWaits);
    this.refundPayment =
        new RefundPayment(paymentRows, refundRows, world.ids, FinancialParts::nobodyWaits);
    this.subscription =
        new OrderMessages(
                new FollowOrders(
                    paymentRows,
                    refundRows,
                    receivables,
                    notes,
                    askProvider,
                    world.ids,
                    paid,
                    FinancialParts::nobodyWaits,
                    FinancialParts::nobodyWaits))
            .subscription();
    this.payments = new Worker("financial.payments", LOOK_EVERY, askProvider::step);
    this.refunds = new Worker("financial.refunds", LOOK_EVERY, payRefunds::step);
  }

  /** Each worker has a random source of its own. */
  private static ProviderAccess access(World world, CallPolicy policy, Wire wire) {
    return new ProviderAccess(
        PlantedBug.in(world.acquirer, world), policy, new Random(world.random.nextLong()), wire);
  }

  /** The schedule decides which worker runs. */
  private static void nobodyWaits() {}
}
