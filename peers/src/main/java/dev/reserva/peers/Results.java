package dev.reserva.peers;

import dev.reserva.bench.CpuTime;
import dev.reserva.bench.ForeignCpu;
import dev.reserva.bench.Latency;
import dev.reserva.bench.Spread;
import dev.reserva.harness.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All figures of one run, as the results file contains them.
 *
 * @param at when the run began, RFC 3339
 * @param commit the measured commit; ends in {@code -dirty} if files were changed
 * @param shops Reserva first
 */
record Results(String at, String commit, Machine machine, Settings options, List<Shop> shops) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** The settings of the run. */
  record Settings(
      boolean quick, int skus, long warmUpSeconds, int turns, long phaseSeconds, String heap) {

    static Settings of(Plan plan, String heap) {
      return new Settings(
          plan.quick(),
          plan.skus(),
          plan.warmUp().toSeconds(),
          plan.turns(),
          plan.phase().toSeconds(),
          heap);
    }
  }

  /**
   * A closed loop of whole sagas.
   *
   * @param commits per order, as PostgreSQL counts them, read-only transactions included
   * @param walBytes per order
   * @param cpu per order
   * @param foreign CPU time of other processes
   */
  record Phase(
      int turn,
      int clients,
      double ordersPerSecond,
      Latency millis,
      CpuTime.PerOrder cpu,
      double commits,
      double walBytes,
      ForeignCpu foreign) {

    double cpuMicros() {
      return cpu.serverMicros() + cpu.databaseMicros();
    }

    double foreignPercent() {
      return foreign.othersPercent() + foreign.restingPercent() + foreign.stolenPercent();
    }
  }

  /**
   * The results of a shop.
   *
   * @param faults failed checks; if there are any, there are no figures
   * @param orders of the whole run, all of them checked
   */
  record Shop(String name, String version, List<String> faults, long orders, List<Phase> phases) {

    boolean isRight() {
      return faults.isEmpty();
    }

    /** A figure of all phases with a number of clients. */
    Spread spread(int clients, ToDoubleFunction<Phase> figure) {
      return Spread.of(
          phases.stream()
              .filter(phase -> phase.clients() == clients)
              .map(figure::applyAsDouble)
              .toList());
    }

    /** The ratios of this shop's figure to that of another shop, turn by turn. */
    Spread ratio(Shop other, int clients, ToDoubleFunction<Phase> figure) {
      List<Double> ratios = new ArrayList<>();
      for (Phase mine : phases) {
        for (Phase theirs : other.phases) {
          if (mine.clients() == clients
              && theirs.clients() == clients
              && mine.turn() == theirs.turn()) {
            ratios.add(figure.applyAsDouble(mine) / figure.applyAsDouble(theirs));
          }
        }
      }
      return Spread.of(ratios);
    }
  }

  /** Reserva's figures divided by a peer's, turn by turn. */
  record Ratio(
      String peer,
      int clients,
      Spread ordersPerSecond,
      Spread p50,
      Spread p99,
      Spread cpu,
      Spread commits,
      Spread walBytes) {

    static Ratio of(Shop reserva, Shop peer, int clients) {
      return new Ratio(
          peer.name(),
          clients,
          reserva.ratio(peer, clients, Phase::ordersPerSecond),
          reserva.ratio(peer, clients, phase -> phase.millis().p50()),
          reserva.ratio(peer, clients, phase -> phase.millis().p99()),
          reserva.ratio(peer, clients, Phase::cpuMicros),
          reserva.ratio(peer, clients, Phase::commits),
          reserva.ratio(peer, clients, Phase::walBytes));
    }
  }

  /** The shops that passed every check. */
  List<Shop> rightShops() {
    return shops.stream().filter(Shop::isRight).toList();
  }

  /** Whether every check of every shop held. */
  boolean allRight() {
    return shops.stream().allMatch(Shop::isRight);
  }

  /** Of Reserva to each right peer; none if Reserva itself is not right. */
  List<Ratio> ratios() {
    Shop reserva = shops.getFirst();
    List<Shop> peers = shops.subList(1, shops.size()).stream().filter(Shop::isRight).toList();
    List<Ratio> ratios = new ArrayList<>();
    for (Shop peer : reserva.isRight() ? peers : List.<Shop>of()) {
      for (int clients : Comparison.CLIENTS) {
        ratios.add(Ratio.of(reserva, peer, clients));
      }
    }
    return ratios;
  }

  /** The file's content. */
  private record File(
      String at,
      String commit,
      Machine machine,
      Settings options,
      List<Shop> shops,
      List<Ratio> ratios) {}

  String json() {
    return JSON.writeValueAsString(new File(at, commit, machine, options, shops, ratios()));
  }

  /** The name of the file that these results belong in. */
  String fileName() {
    return at.substring(0, 10)
        + "-"
        + commit
        + "-peers"
        + (options.quick() ? "-quick" : "")
        + ".json";
  }
}
