package dev.reserva.financial;

import static dev.reserva.financial.Fixtures.CAUSE;
import static dev.reserva.financial.Fixtures.IDS;
import static dev.reserva.financial.Fixtures.NOON;
import static dev.reserva.financial.Fixtures.QUICK;
import static java.util.Objects.requireNonNull;

import dev.reserva.contracts.SalesEvent;
import dev.reserva.financial.adapters.messaging.OrderMessages;
import dev.reserva.financial.adapters.postgres.FinancialChecks;
import dev.reserva.financial.adapters.postgres.PostgresOrderNotes;
import dev.reserva.financial.adapters.postgres.PostgresPayments;
import dev.reserva.financial.adapters.postgres.PostgresReceivables;
import dev.reserva.financial.adapters.postgres.PostgresReceivedWebhooks;
import dev.reserva.financial.adapters.postgres.PostgresRefunds;
import dev.reserva.financial.adapters.postgres.PostgresReviews;
import dev.reserva.financial.adapters.postgres.PostgresTakings;
import dev.reserva.financial.adapters.postgres.ReceivableChecks;
import dev.reserva.financial.adapters.psp.SimulatedProvider;
import dev.reserva.financial.adapters.psp.SimulatorLedger;
import dev.reserva.financial.adapters.psp.SimulatorLedgerCheck;
import dev.reserva.financial.application.AskProvider;
import dev.reserva.financial.application.CallPolicy;
import dev.reserva.financial.application.DecideReview;
import dev.reserva.financial.application.FollowOrders;
import dev.reserva.financial.application.PayRefunds;
import dev.reserva.financial.application.PaymentPolicy;
import dev.reserva.financial.application.PaymentProvider;
import dev.reserva.financial.application.Payments;
import dev.reserva.financial.application.ProcessPayment;
import dev.reserva.financial.application.ProviderAccess;
import dev.reserva.financial.application.RefundPayment;
import dev.reserva.financial.application.Refunds;
import dev.reserva.financial.application.SettlePayment;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentMethod;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.Receivable;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.integrity.OrderClaims;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Financial on a database. The test decides when its workers run. */
public final class FinancialHouse implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  public final FinancialDatabase database = new FinancialDatabase();
  public final Transactions transactions = database.transactions();
  public final Payments payments = new PostgresPayments();
  private final PostgresRefunds refunds = new PostgresRefunds();
  public final PostgresReceivables receivables = new PostgresReceivables();
  public final PostgresReviews reviews = new PostgresReviews();
  private final PostgresOrderNotes notes = new PostgresOrderNotes();
  private final SimulatorLedger ledger = new SimulatorLedger(transactions);
  public final PaymentProvider provider = new SimulatedProvider(ledger, Clock.systemUTC());
  private final List<Instance> processes = new ArrayList<>();

  /** One process of those that share the database. */
  public final class Instance implements AutoCloseable {
    public final AskProvider askProvider;
    public final PayRefunds payRefunds;
    public final FollowOrders followOrders;
    public final ProcessPayment processPayment;
    public final SettlePayment settlePayment;
    public final RefundPayment refundPayment;
    public final DecideReview decideReview;

    private Instance(PaymentProvider asked, PaymentPolicy paid, CallPolicy policy) {
      var access = new ProviderAccess(asked, policy, new Random());
      askProvider =
          new AskProvider(
              payments,
              refunds,
              receivables,
              reviews,
              transactions,
              access,
              IDS,
              FinancialHouse::nobody,
              FinancialHouse::nobody);
      payRefunds =
          new PayRefunds(
              payments,
              refunds,
              receivables,
              reviews,
              transactions,
              access,
              IDS,
              FinancialHouse::nobody);
      followOrders =
          new FollowOrders(
              payments,
              refunds,
              receivables,
              notes,
              askProvider,
              IDS,
              paid,
              FinancialHouse::nobody,
              FinancialHouse::nobody);
      processPayment =
          new ProcessPayment(payments, notes, askProvider, IDS, paid, FinancialHouse::nobody);
      settlePayment =
          new SettlePayment(
              payments,
              refunds,
              receivables,
              new PostgresReceivedWebhooks(),
              reviews,
              IDS,
              FinancialHouse::nobody,
              FinancialHouse::nobody);
      decideReview =
          new DecideReview(reviews, payments, refunds, receivables, FinancialHouse::nobody);
      refundPayment = new RefundPayment(payments, refunds, IDS, FinancialHouse::nobody);
    }

    public void handles(SalesEvent... facts) {
      transactions.run(tx -> follow(tx, facts));
    }

    public void follow(UnitOfWork tx, SalesEvent... facts) {
      followOrders.follow(
          Stream.of(facts).map(fact -> OrderMessages.step(fact, NOON, CAUSE)).toList(), tx);
    }

    /** Runs the workers until the condition holds. */
    public void worksUntil(BooleanSupplier so) {
      Instant deadline = Instant.now().plus(PATIENCE);
      while (!so.getAsBoolean()) {
        if (Instant.now().isAfter(deadline)) {
          throw new AssertionError("not so within " + PATIENCE);
        }
        works();
        pause(Duration.ofMillis(2));
      }
    }

    /** Runs the workers for a time. */
    public void worksFor(Duration time) {
      Instant end = Instant.now().plus(time);
      while (Instant.now().isBefore(end)) {
        works();
        pause(Duration.ofMillis(2));
      }
    }

    public boolean works() {
      boolean asked = askProvider.step();
      return payRefunds.step() || asked;
    }

    /** Simulates kill -9: state that was not recorded is lost. */
    @Override
    public void close() {
      askProvider.close();
      payRefunds.close();
    }
  }

  public Instance process() {
    return process(UnaryOperator.identity(), Optional.of(PaymentMethod.CREDIT_CARD));
  }

  /** A process whose connection to the provider has faults. */
  public Instance process(
      UnaryOperator<PaymentProvider> between, Optional<PaymentMethod> defaultMethod) {
    return process(between, PaymentPolicy.once(defaultMethod), QUICK);
  }

  /** A process with the given policies. */
  public Instance process(
      UnaryOperator<PaymentProvider> between, PaymentPolicy paid, CallPolicy policy) {
    Instance process = new Instance(between.apply(provider), paid, policy);
    processes.add(process);
    return process;
  }

  public Payment paymentOf(UUID orderId) {
    return transactions.snapshot(tx -> payments.findByOrder(orderId, tx)).orElseThrow();
  }

  public boolean isAt(UUID orderId, PaymentStatus status) {
    return transactions.<Boolean>snapshot(tx ->
        payments
            .findByOrder(orderId, tx)
            .filter(payment -> payment.status() == status)
            .isPresent());
  }

  public Payment payment(UUID id) {
    return requireNonNull(transactions.snapshot(tx -> payments.find(List.of(id), tx)).get(id));
  }

  public Receivable receivable(UUID orderId) {
    return transactions.snapshot(tx -> receivables.find(orderId, tx)).orElseThrow();
  }

  /** The ledger of a receivable: kind and amount in whole units, in order. */
  public List<String> ledger(UUID orderId) {
    return database
        .sql()
        .sql(
            "select kind || ' ' || amount::int from financial.receivable_ledger"
                + " where receivable_id = ? order by at, kind = 'opened' desc, kind = 'settled' desc")
        .param(orderId)
        .query((row, _) -> row.getString(1))
        .list();
  }

  public List<Refunds.OnRecord> refunds(UUID paymentId) {
    return transactions.snapshot(tx -> refunds.ofPayment(paymentId, tx));
  }

  /** The claim of financial about the order's money, for comparison with other services. */
  public OrderClaims.Paid.Takings takings(UUID orderId) {
    return requireNonNull(
        transactions
            .snapshot(tx -> new PostgresTakings().takings(tx, List.of(orderId)))
            .get(orderId));
  }

  /** Number of payments that the simulator has captured. */
  public long captured() {
    return count("select count(*) from psp_simulator.charges where status = 'CAPTURED'");
  }

  /** The amount that the simulator has refunded, in whole units. */
  public long givenBack() {
    return count("select coalesce(sum(amount), 0)::bigint from psp_simulator.refunds");
  }

  public long count(String sql) {
    return database.sql().sql(sql).query(Long.class).single();
  }

  /** The violations that the integrity checks find. */
  public List<String> violations() {
    return transactions.snapshot(tx -> {
      List<String> violations = new ArrayList<>();
      for (var check :
          List.of(
              FinancialChecks.capturedIsOnRecord(),
              FinancialChecks.refundedWithinCaptured(),
              FinancialChecks.refundsEqualBooks(),
              FinancialChecks.unwantedMoneyGoesBack(),
              FinancialChecks.ordersArePaidOnce(),
              ReceivableChecks.receivablesEqualLedger(),
              ReceivableChecks.receivablesEqualPayments(),
              SimulatorLedgerCheck.booksEqualLedger())) {
        var result = check.run().on(tx);
        if (result.violated() > 0) {
          violations.add(check.name() + ": " + result.violations());
        }
      }
      return violations;
    });
  }

  private static void nobody() {}

  public static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    processes.forEach(Instance::close);
    ledger.close();
    database.close();
  }
}
