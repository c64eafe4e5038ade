package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.environment.Environment;
import dev.reserva.torture.environment.Sql;
import dev.reserva.torture.shop.Api;
import dev.reserva.torture.shop.Buyers;
import dev.reserva.torture.shop.Drain;
import dev.reserva.torture.shop.Judge;
import dev.reserva.torture.shop.OperationLog;
import dev.reserva.torture.shop.OperationLog.Operation;
import dev.reserva.torture.shop.ProviderLedger;
import dev.reserva.torture.shop.Shop;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rounds of a scenario. Buyers order all the time. Each round injects the fault and waits until
 * an order sent after it is acknowledged. At the end, the {@link Judge} checks all orders.
 */
final class Rounds {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
  private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(2);
  private static final Duration WARM_UP_LIMIT = Duration.ofMinutes(1);
  private static final int WARM_UP_ORDERS = 20;

  private final Environment environment;
  private final Shop buyersShop;
  private final Shop shop;
  private final Session session;
  private final OperationLog log = new OperationLog();
  private final List<Duration> recoveries = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();
  private Set<String> excuses = Set.of();
  private Duration patience = Duration.ZERO;
  private Duration settleLimit = Duration.ZERO;
  private String remark = "";

  /**
   * @param session a session on the provider's database
   */
  Rounds(Environment environment, Shop shop, Session session) {
    this(environment, shop, shop, session);
  }

  /**
   * @param buyersShop the shop as the buyers reach it
   * @param shop the shop as the judge reaches it
   */
  Rounds(Environment environment, Shop buyersShop, Shop shop, Session session) {
    this.environment = environment;
    this.buyersShop = buyersShop;
    this.shop = shop;
    this.session = session;
  }

  /** A fault that begins and ends within the call. */
  @FunctionalInterface
  interface Fault {
    Injected inject(int round) throws Exception;
  }

  /**
   * A fault that was injected.
   *
   * @param proven whether it is proven that the fault happened
   * @param over when the fault was over, by {@link System#nanoTime}: a process was killed, or an
   *     outage ended. From then on the server is expected to recover.
   */
  record Injected(boolean proven, long over) {}

  /** Opens a session on the provider's database, for the judge. */
  @FunctionalInterface
  interface Session {
    Sql open() throws IOException, SQLException;
  }

  /** Sets the reasons for which the fault may end an order as CANCELLED or FAILED. */
  Rounds excusing(String... reasons) {
    excuses = Set.of(reasons);
    return this;
  }

  /**
   * Makes the buyers repeat requests, as callers of a gateway have to, and takes a round for
   * recovered only when an order sent after its fault has its final status.
   *
   * @param repeating how long a buyer repeats a request
   * @param settling how long the system may take, after the orders have their final status, until
   *     all processes have done their part
   */
  Rounds ofSplitSystem(Duration repeating, Duration settling) {
    patience = repeating;
    settleLimit = settling;
    return this;
  }

  /** Records something that is wrong. */
  void found(String finding) {
    findings.add(finding);
  }

  /** Sets a remark for the report. */
  void remark(String text) {
    remark = text;
  }

  OperationLog log() {
    return log;
  }

  Outcome.Completed run(int rounds, Fault fault) throws Exception {
    int proven = 0;
    Buyers buyers =
        Buyers.start(
            buyersShop,
            environment.pick(8, 6),
            log,
            environment.random().split(),
            ANSWER_LIMIT,
            patience,
            buyersShop::order);
    try {
      awaitWarm();
      for (int round = 0; round < rounds; round++) {
        Thread.sleep(environment.random().nextInt(300, 1500));
        Injected injected = fault.inject(round);
        if (injected.proven()) {
          proven++;
        }
        awaitRecovery(injected.over(), round);
      }
    } finally {
      buyers.stop();
    }
    log.write(environment.folder().resolve("operations.csv"));
    try (ProviderLedger ledger = new ProviderLedger(session.open())) {
      Judge.Verdict verdict = new Judge(shop, log, excuses, settleLimit).judge(ledger);
      return new Outcome.Completed(rounds, proven, verdict, recoveries, findings, remark);
    }
  }

  private void awaitWarm() throws InterruptedException {
    long end = System.nanoTime() + WARM_UP_LIMIT.toNanos();
    while (log.count(OperationLog.Result.OK) < WARM_UP_ORDERS) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "the buyers' first orders are not acknowledged: " + log.answers());
      }
      Thread.sleep(20);
    }
  }

  private void awaitRecovery(long over, int round) throws IOException, InterruptedException {
    while (System.nanoTime() - over < RECOVERY_LIMIT.toNanos()) {
      Optional<Operation> first = log.firstOkAfter(over);
      if (first.isPresent() && settleLimit.isPositive()) {
        awaitFinalStatus(first.get(), over, round);
        return;
      }
      if (first.isPresent()) {
        recoveries.add(Duration.ofNanos(first.get().answeredNanos() - over));
        return;
      }
      Thread.sleep(20);
    }
    findings.add(
        "no order was acknowledged within %s after the fault of round %d"
            .formatted(RECOVERY_LIMIT, round));
  }

  private void awaitFinalStatus(Operation operation, long over, int round)
      throws IOException, InterruptedException {
    try (Api api = shop.api()) {
      while (System.nanoTime() - over < RECOVERY_LIMIT.toNanos()) {
        String status = api.eventually("/api/orders/" + operation.id()).path("status").asString("");
        if (Drain.isFinal(status)) {
          recoveries.add(Duration.ofNanos(System.nanoTime() - over));
          return;
        }
        Thread.sleep(50);
      }
    }
    findings.add(
        "order %s, sent after the fault of round %d, had no final status within %s"
            .formatted(operation.id(), round, RECOVERY_LIMIT));
  }
}
