package dev.reserva.bench;

import dev.reserva.harness.Machine;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All figures of one run, as the results file contains them.
 *
 * @param at when the run began, RFC 3339
 * @param commit the measured commit; ends in {@code -dirty} if files were changed
 * @param statements statements that the server sent to its database, by number of clients
 * @param history absent when the run had no file to replay
 * @param snapshot whole sagas while a transaction is held open; measured last
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

  /** The settings of the run. */
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
   * The figures of a closed loop.
   *
   * @param ratio to the baseline with 32 connections
   * @param cpuMicrosPerOrder CPU time by process; the baseline has no server, and its generator
   *     does the work
   * @param cpuRatio CPU time of one order in the server's JVM and its database, to that of the
   *     baseline's database and client with 32 connections
   * @param foreign CPU time of other processes
   */
  record Throughput(
      String name,
      int clients,
      double ordersPerSecond,
      double ratio,
      Latency millis,
      Map<String, Double> cpuMicrosPerOrder,
      double cpuRatio,
      ForeignCpu foreign) {}

  /**
   * The figures of an open loop of whole sagas.
   *
   * @param refusedPercent refused orders in percent of all sent ones
   */
  record OpenLoop(
      double ordersPerSecond,
      double achievedPerSecond,
      long orders,
      double refusedPercent,
      Latency millis,
      Map<String, Double> cpuMicrosPerOrder,
      ForeignCpu foreign) {}

  /**
   * The database's costs of an order, averaged over all phases.
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

  /** These results with the figures of the snapshot. */
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

  /** The name of the results file. */
  String fileName() {
    return at.substring(0, 10) + "-" + commit + (options.quick() ? "-quick" : "") + ".json";
  }
}
