package dev.reserva.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short form of the phases that change the server or its database, on the packaged server. */
class PhasesIT {
  private static final int PRODUCTS = 20;

  /** So few commands may wait that few buyers overload the server. */
  private static final List<String> OPTIONS =
      List.of("-XX:TieredStopAtLevel=1", "-Dreserva.sales.placing.max-waiting=4");

  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofSeconds(1);

  /** A server just started takes a second or more for its first orders on a busy machine. */
  private static final Duration WARM_UP = Duration.ofSeconds(4);

  @TempDir private Path folder;

  @Test
  void
      idleness_overload_a_snapshot_copies_counted_statements_and_a_replay_leave_every_invariant_whole()
          throws Exception {
    try (ServerProcess server = ServerProcess.start(jar(), OPTIONS)) {
      URI url = server.awaitUp();
      Shop shop = Shop.create(url, server.adminPassword(), PRODUCTS);
      try (ServerDatabase database = ServerDatabase.open(server.postgres())) {
        assertThat(database.awaitKnownProducts(PRODUCTS, TIMEOUT)).isTrue();
        MeasuredServer running = new MeasuredServer(server, database, shop);

        Idling.Figures idle = Idling.measure(running, SHORT, 5);
        assertThat(idle.serverPercent()).isBetween(0.0, 200.0);
        assertThat(idle.orders()).isEqualTo(5);
        assertThat(idle.reactionMillis().p50()).isPositive().isLessThan(idle.millis().max());

        Overload.Outcome overload =
            Overload.measure(running.server(), running.target(), 700, 64, SHORT);
        Overload.Figures overloaded = overload.figures();
        assertThat(overloaded.odd()).isEmpty();
        assertThat(overload.mayBeStored()).isZero();
        assertThat(overloaded.accepted()).isPositive();
        assertThat(overloaded.refused()).as("with Retry-After").isPositive();
        assertThat(overloaded.memory().residentPeakMib())
            .isGreaterThanOrEqualTo(overloaded.memory().residentBeforeMib());
        assertThat(overloaded.memory().heapAfterMib()).isPositive();
        assertThat(overloaded.refusalMillis().p99()).isPositive();
        assertThat(overloaded.goodputPercent()).isPositive();
        long settled = 5 + overloaded.accepted();
        LongSnapshot.Figures snapshot =
            LongSnapshot.measure(running, 2, Duration.ofSeconds(10), settled);
        assertThat(snapshot.held()).hasSizeBetween(2, 10);
        assertThat(snapshot.last().cpuMicros()).isPositive();
        long placed = snapshot.verified().accepted();
        assertThat(database.states()).isEqualTo(Map.of("CONFIRMED", placed));
        assertThat(database.scans().indexScans()).isPositive();

        long stored = database.fill(2 * placed + 1);
        assertThat(stored).as("two copies of each").isEqualTo(3 * placed);
        assertThat(database.states()).isEqualTo(Map.of("CONFIRMED", stored));

        List<StatementCount.Figures> statements =
            StatementCount.measure(running, new int[] {1, 4}, WARM_UP, WARM_UP);
        assertThat(statements).extracting(StatementCount.Figures::clients).containsExactly(1, 4);
        assertThat(statements)
            .allSatisfy(sent -> {
              assertThat(sent.orders()).isPositive();
              assertThat(sent.perOrder()).isGreaterThan(sent.transactionControlPerOrder());
              assertThat(sent.transactionControlPerOrder()).isPositive();
            });
      }
      URI moved = server.awaitUp();
      assertThat(shop.movedTo(moved).api().integrity().path("ok").asBoolean(false)).isTrue();

      History.Figures history = History.replay(jar(), month(), moved, server);
      assertThat(history.ordersPerSecond()).isPositive();
      assertThat(history.p99Millis()).isGreaterThanOrEqualTo(history.p50Millis());
    }
  }

  /** Three orders of two customers. */
  private Path month() throws IOException {
    return Files.writeString(
        folder.resolve("month.csv"),
        """
        InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
        536365,85123,LANTERN,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
        536365,71053,HANGER,6,2010-12-01 08:26:00,3.39,17850.0,United Kingdom
        536366,71053,HANGER,8,2010-12-01 08:28:00,3.39,17850.0,United Kingdom
        536367,85123,LANTERN,1,2010-12-01 08:34:00,2.55,13047.0,United Kingdom
        """);
  }

  /** The jar that the build has packaged. */
  private static Path jar() {
    Path jar = Path.of("../server/target/reserva-server.jar").toAbsolutePath().normalize();
    assertThat(Files.exists(jar)).as("packaged before: " + jar).isTrue();
    return jar;
  }
}
