package dev.reserva.bench;

import dev.reserva.harness.Machine;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All figures of one run, as they stand in the results file.
 *
 * @param at when the run began, RFC 3339
 * @param statements what the server sent to its database, for some numbers of clients
 * @param history absent when the run was given no file
 * @param snapshot whole sagas while a transaction is held open; measured after all else
 * @param commit what was measured; ends in {@code -dirty} if that was not all committed
 */
record Results(
    String at,
    String commit,
    Machine machine,
    Settings options,
    List<Throughput> baseline,
    List<Throughput> server,
    OpenLoop openLoop,
    PerOrder perOrder,
    Memory memory,
    Idling.Figures idle,
    Overload.Figures overload,
    List<StatementCount.Figures> statements,
    History.@Nullable Figures history,
    LongSnapshot.@Nullable Figures snapshot,
    Verified verified) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** How the run was made. */
  record Settings(
      boolean quick,
      int skus,
      long warmUpSeconds,
      long phaseSeconds,
      long openLoopSeconds,
      long holdSeconds,
      String heap,
      List<String> javaOptions) {}

  /**
   * What a closed loop did.
   *
   * @param ratio to the baseline with 32 connections
   * @param cpuMicrosPerOrder where the machine's time went; the baseline has no server, and its
   *     generator is the client that does the work
   * @param cpuRatio CPU time of one order in the server's JVM and its database, to that of the
   *     baseline's database and client with 32 connections
   * @param foreign CPU time that went elsewhere meanwhile
   */
  record Throughput(
      String name,
      int clients,
      double ordersPerSecond,
      double ratio,
      Latency millis,
      Map<String, Double> cpuMicrosPerOrder,
      double cpuRatio,
      Foreign foreign) {}

  /**
   * Latency of whole sagas that come by the clock.
   *
   * @param refusedPercent refused orders, in percent of all that were sent
   */
  record OpenLoop(
      double ordersPerSecond,
      double achievedPerSecond,
      long orders,
      double refusedPercent,
      Latency millis,
      Map<String, Double> cpuMicrosPerOrder,
      Foreign foreign) {}

  /**
   * What an order costs the database, over all orders of all phases.
   *
   * @param walBytes written to the write-ahead log, full-page images included
   * @param eventLogBytes of the event log, its indexes included
   */
  record PerOrder(
      long orders,
      double walBytes,
      double eventLogBytes,
      double events,
      double commits,
      double rowsInserted,
      double rowsUpdated,
      double rowsUpdatedHot,
      double rowsDeleted) {

    static PerOrder of(ServerDatabase.Counters spent, long orders) {
      double n = orders;
      return new PerOrder(
          orders,
          spent.walBytes() / n,
          spent.eventBytes() / n,
          spent.events() / n,
          spent.commits() / n,
          spent.inserted() / n,
          spent.updated() / n,
          spent.hotUpdated() / n,
          spent.deleted() / n);
    }
  }

  /** Resident memory of the server's JVM. */
  record Memory(long atEndMib, long peakMib) {}

  /**
   * What was checked when all was over. The replay and the snapshot have checks of their own.
   *
   * @param unanswered calls under overload whose orders may be stored or not
   */
  record Verified(long accepted, long unanswered, long confirmed, boolean integrity, int checks) {}

  /** The same with what was measured last. */
  Results with(LongSnapshot.Figures held) {
    return new Results(
        at,
        commit,
        machine,
        options,
        baseline,
        server,
        openLoop,
        perOrder,
        memory,
        idle,
        overload,
        statements,
        history,
        held,
        verified);
  }

  String json() {
    return JSON.writeValueAsString(this);
  }

  /** The name of the file that these results belong in. */
  String fileName() {
    return at.substring(0, 10) + "-" + commit + (options.quick() ? "-quick" : "") + ".json";
  }
}
