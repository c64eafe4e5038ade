package dev.reserva.bench.transports;

import dev.reserva.bench.Bench;
import dev.reserva.bench.BenchFailure;
import dev.reserva.bench.ComparedPhase;
import dev.reserva.bench.PhaseOutcome;
import dev.reserva.bench.Plan;
import dev.reserva.bench.Verified;
import dev.reserva.cluster.Transport;
import dev.reserva.harness.Machine;
import dev.reserva.postgres.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Measures systems one after the other, each in turn with the reference: one process on PostgreSQL,
 * which runs all the time. Changes of the machine affect both of a turn alike, so the ratio to the
 * reference is the figure to quote. Which of the two comes first alternates.
 *
 * <p>A broker is measured alone, with messages of the size of an order's events, after the load on
 * its system.
 */
public final class TransportComparison {
  private static final int LEAST_BYTES = 12;

  private final Plan plan;
  private final List<SystemKind> kinds;
  private final Programs programs;
  private final String commit;
  private final List<String> javaOptions;

  /**
   * Compares one process and a split system on each of some transports.
   *
   * @param transports one or more
   * @param javaOptions additional options for each JVM of the server's program
   * @throws BenchFailure if a program is missing that a transport needs
   */
  public TransportComparison(
      Plan plan,
      Set<Transport> transports,
      Programs programs,
      String commit,
      List<String> javaOptions) {
    this(plan, SystemKind.of(transports), programs, commit, javaOptions);
  }

  /**
   * @param kinds without the reference
   */
  TransportComparison(
      Plan plan,
      List<SystemKind> kinds,
      Programs programs,
      String commit,
      List<String> javaOptions) {
    kinds.forEach(kind -> programs.requireFor(kind.transport()));
    this.plan = plan;
    this.kinds = List.copyOf(kinds);
    this.programs = programs;
    this.commit = commit;
    this.javaOptions = new ArrayList<>(javaOptions);
    this.javaOptions.add(
        "-Dreserva.operations.integrity-time-limit=%ds"
            .formatted(LoadedSystem.INTEGRITY_TIMEOUT.toSeconds()));
  }

  /**
   * Measures all systems.
   *
   * @throws BenchFailure if an accepted order was not confirmed, or an invariant does not hold
   */
  public TransportResults run() throws IOException, InterruptedException {
    String at = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Machine machine = Machine.here();
    Bench.say("starting the reference: " + SystemKind.REFERENCE.title());
    try (OneProcess process =
        OneProcess.start(SystemKind.REFERENCE, programs.server(), javaOptions, null)) {
      LoadedSystem reference = LoadedSystem.create(process, plan.skus());
      Bench.say("warming up the reference");
      reference.warmUp(null, plan.clients().getLast(), plan.warmUp());
      List<SystemFigures> systems = new ArrayList<>();
      for (SystemKind kind : kinds) {
        systems.add(measure(kind, reference));
      }
      return new TransportResults(
          at, commit, machine, TransportResults.Settings.of(plan), systems, reference.verify());
    }
  }

  private SystemFigures measure(SystemKind kind, LoadedSystem reference)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("reserva-bench-broker-");
    try (PrivateBroker broker = broker(kind, folder);
        MeasuredSystem system = start(kind, broker)) {
      LoadedSystem loaded = LoadedSystem.create(system, plan.skus());
      Bench.say("warming up " + kind.title());
      loaded.warmUp(reference, plan.clients().getLast(), plan.warmUp());
      Turns turns = new Turns(loaded, reference);
      List<ComparedPhase> phases = turns.measure();
      Traffic traffic =
          broker == null || turns.messagesPerOrder == 0
              ? Traffic.none(turns.messagesPerOrder)
              : traffic(turns, broker, folder);
      Bench.say("verifying " + kind.title());
      Verified verified = loaded.verify();
      return new SystemFigures(kind.title(), system.processes(), phases, traffic, verified);
    } finally {
      Folders.delete(folder);
    }
  }

  private @Nullable PrivateBroker broker(SystemKind kind, Path folder)
      throws IOException, InterruptedException {
    if (kind.transport() == Transport.POSTGRES) {
      return null;
    }
    Bench.say("starting " + kind.transport().label());
    return PrivateBroker.start(
        kind.transport(), programs, Files.createDirectory(folder.resolve("data")));
  }

  private MeasuredSystem start(SystemKind kind, @Nullable PrivateBroker broker)
      throws IOException, InterruptedException {
    Bench.say("starting " + kind.title());
    return kind.split()
        ? SplitSystem.start(kind, programs, javaOptions, broker)
        : OneProcess.start(kind, programs.server(), javaOptions, broker);
  }

  private Traffic traffic(Turns turns, PrivateBroker broker, Path folder)
      throws IOException, InterruptedException {
    Bench.say("measuring the broker alone");
    int bytes = Math.max(LEAST_BYTES, meanBytes(turns.loaded.shop().api().eventsOfAnOrder()));
    LoadTool tool = new LoadTool(Objects.requireNonNull(programs.brokerTools()), folder);
    Duration duration = plan.openLoop();
    return Traffic.of(
        turns.messagesPerOrder, broker.limit(tool, bytes, duration), turns.bestOrdersPerSecond);
  }

  /** The position in the log is no part of the message. */
  private static int meanBytes(List<JsonNode> events) {
    return (int)
        events.stream()
            .mapToInt(
                event -> event.toString().length() - event.path("position").toString().length())
            .average()
            .orElseThrow(() -> new BenchFailure("the log has no events of an order"));
  }

  /** The turns of one system with the reference. */
  private final class Turns {
    private final LoadedSystem loaded;
    private final LoadedSystem reference;
    private double messagesPerOrder;
    private double bestOrdersPerSecond;

    private Turns(LoadedSystem loaded, LoadedSystem reference) {
      this.loaded = loaded;
      this.reference = reference;
    }

    private List<ComparedPhase> measure() throws IOException, InterruptedException {
      loaded.settle();
      long before = loaded.shop().api().relayed();
      long orders = 0;
      List<ComparedPhase> phases = new ArrayList<>();
      for (int clients : plan.clients()) {
        List<PhaseOutcome> ofReference = new ArrayList<>();
        List<PhaseOutcome> ofSystem = new ArrayList<>();
        for (int turn = 1; turn <= plan.turns(); turn++) {
          Bench.say(
              "%s, %d clients, turn %d of %d"
                  .formatted(loaded.system().kind().title(), clients, turn, plan.turns()));
          if (turn % 2 == 1) {
            ofReference.add(reference.sagas(loaded, clients, plan.phase()));
          }
          PhaseOutcome outcome = loaded.sagas(reference, clients, plan.phase());
          ofSystem.add(outcome);
          orders += outcome.orders();
          if (turn % 2 == 0) {
            ofReference.add(reference.sagas(loaded, clients, plan.phase()));
          }
        }
        ComparedPhase phase =
            ComparedPhase.of("whole sagas, %d clients".formatted(clients), ofReference, ofSystem);
        phases.add(phase);
        bestOrdersPerSecond = Math.max(bestOrdersPerSecond, SystemFigures.ordersPerSecond(phase));
      }
      loaded.settle();
      messagesPerOrder = (loaded.shop().api().relayed() - before) / (double) Math.max(1, orders);
      return phases;
    }
  }
}
