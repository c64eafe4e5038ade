package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.shop.Buyers;
import dev.reserva.torture.shop.Judge;
import dev.reserva.torture.shop.OperationLog;
import dev.reserva.torture.shop.ProviderLedger;
import dev.reserva.torture.shop.Shop;
import dev.reserva.torture.stage.Sql;
import dev.reserva.torture.stage.Stage;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What most scenarios have in common: buyers order all the time, a fault strikes again and again,
 * each time it is waited for the first order after it, and at the end all is judged.
 */
final class Rounds {
  private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(2);
  private static final Duration WARM_UP_LIMIT = Duration.ofMinutes(1);
  private static final int WARM = 20;

  private final Stage stage;
  private final Shop door;
  private final Shop shop;
  private final OperationLog log = new OperationLog();
  private final List<Duration> recoveries = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();
  private Duration answerLimit = Duration.ofSeconds(30);
  private Set<String> excuses = Set.of();
  private String remark = "";

  Rounds(Stage stage, Shop shop) {
    this(stage, shop, shop);
  }

  /**
   * @param door the shop as the buyers reach it
   * @param shop the shop as the judge reaches it
   */
  Rounds(Stage stage, Shop door, Shop shop) {
    this.stage = stage;
    this.door = door;
    this.shop = shop;
  }

  /** A fault that begins and ends within the call. */
  @FunctionalInterface
  interface Fault {
    Struck strike(int round) throws Exception;
  }

  /**
   * A fault that has struck.
   *
   * @param proven whether it is proven that it happened
   * @param since the moment, by {@link System#nanoTime}, from which on the server is left in peace
   *     and is expected to recover: a process was killed, or an outage ended
   */
  record Struck(boolean proven, long since) {}

  /** Opens a session on the provider's database when it is time to judge. */
  @FunctionalInterface
  interface Session {
    Sql open() throws IOException, SQLException;
  }

  /** How long a buyer waits for an answer. */
  Rounds patience(Duration limit) {
    answerLimit = limit;
    return this;
  }

  /** Reasons for which an order may be cancelled because of the fault. */
  Rounds excusing(String... reasons) {
    excuses = Set.of(reasons);
    return this;
  }

  void found(String complaint) {
    findings.add(complaint);
  }

  void remark(String words) {
    remark = words;
  }

  OperationLog log() {
    return log;
  }

  Outcome.Played play(int rounds, Session session, Fault fault) throws Exception {
    int struck = 0;
    Buyers buyers =
        Buyers.start(door, stage.pick(8, 6), log, stage.random().split(), answerLimit, door::order);
    try {
      awaitWarm();
      for (int round = 0; round < rounds; round++) {
        Thread.sleep(stage.random().nextInt(300, 1500));
        Struck result = fault.strike(round);
        if (result.proven()) {
          struck++;
        }
        awaitRecovery(result.since(), round);
      }
    } finally {
      buyers.stop();
    }
    log.write(stage.folder().resolve("operations.csv"));
    try (ProviderLedger ledger = new ProviderLedger(session.open())) {
      Judge.Verdict verdict = new Judge(shop, log, excuses).judge(ledger);
      return new Outcome.Played(rounds, struck, verdict, recoveries, findings, remark);
    }
  }

  private void awaitWarm() throws InterruptedException {
    long end = System.nanoTime() + WARM_UP_LIMIT.toNanos();
    while (log.count(OperationLog.Result.OK) < WARM) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("the buyers do not get going: " + log.answers());
      }
      Thread.sleep(20);
    }
  }

  private void awaitRecovery(long since, int round) throws InterruptedException {
    while (System.nanoTime() - since < RECOVERY_LIMIT.toNanos()) {
      OptionalLong first = log.firstOkSentAfter(since);
      if (first.isPresent()) {
        recoveries.add(Duration.ofNanos(first.getAsLong() - since));
        return;
      }
      Thread.sleep(20);
    }
    findings.add(
        "no order was acknowledged within %s after round %d".formatted(RECOVERY_LIMIT, round));
  }
}
