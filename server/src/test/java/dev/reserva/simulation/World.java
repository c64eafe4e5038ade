package dev.reserva.simulation;

import dev.reserva.financial.domain.PaymentMethod;
import dev.reserva.inventory.domain.AllocationStrategy;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryBackbone;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTransport.Disorder;
import dev.reserva.messaging.memory.VirtualClock;
import dev.reserva.platform.events.DeadLetterAnnouncer;
import dev.reserva.platform.events.EditedPayloadPolicy;
import dev.reserva.platform.events.Schemas;
import dev.reserva.platform.events.TestCatalogue;
import dev.reserva.simulation.Verdict.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The complete state of one schedule, created from its seed only. */
final class World {

  static final EventCatalogue CATALOGUE = TestCatalogue.create();

  private static final EditedPayloadPolicy EDITS =
      new EditedPayloadPolicy(CATALOGUE, new Schemas());

  final Random random;
  final @Nullable PlantedBug bug;
  final Tally tally = new Tally();
  final MemoryBackbone backbone;
  final MemoryDatabase database;
  final VirtualClock clock;
  final Ids ids;
  final Chronicle chronicle;
  final Acquirer acquirer;
  final Witness witness;

  // Settings that differ from schedule to schedule.
  final int maxBatch;
  final int maxCalls;
  final int maxAttempts;
  final int expiryBatch;
  final int tries;
  final Optional<PaymentMethod> defaultMethod;
  final AllocationStrategy strategy;

  /** Calls that reach the provider after their time-out. */
  final List<Runnable> stragglers = new ArrayList<>();

  final List<SimulatedProcess> processes = new ArrayList<>();

  /** No faults are injected from now on. */
  boolean healed;

  boolean dependencyDown;

  private final Runnable meanwhile;
  private @Nullable SimulatedProcess halted;
  private @Nullable Violation violation;

  /**
   * @param meanwhile something else happens, while a process stands still
   */
  World(long seed, @Nullable PlantedBug bug, Runnable meanwhile) {
    this.random = new Random(seed * 0x9e3779b97f4a7c15L);
    this.bug = bug;
    this.meanwhile = meanwhile;
    this.backbone =
        new MemoryBackbone(
            CATALOGUE,
            new DeadLetterAnnouncer(),
            EDITS,
            new Disorder(random.nextDouble() * 0.4, random.nextDouble() * 0.3, true),
            random.nextLong());
    this.database = backbone.database();
    this.clock = backbone.clock();
    this.ids = backbone.ids();
    this.chronicle = new Chronicle(clock.instant());
    this.maxBatch = 1 + random.nextInt(12);
    this.maxCalls = random.nextInt(4) == 0 ? 1 : 64;
    this.maxAttempts = random.nextInt(4) == 0 ? 3 : 64;
    this.expiryBatch = random.nextInt(4) == 0 ? 1 : 500;
    this.tries = 1 + random.nextInt(3);
    this.defaultMethod =
        random.nextInt(5) == 0 ? Optional.empty() : Optional.of(PaymentMethod.CREDIT_CARD);
    this.strategy =
        random.nextBoolean() ? AllocationStrategy.PRIORITY : AllocationStrategy.FEWEST_SHIPMENTS;
    this.acquirer = new Acquirer(this);
    this.witness = new Witness(this);
    processes.add(new SimulatedProcess(this, "left"));
    processes.add(new SimulatedProcess(this, "right"));
  }

  void note(String what) {
    chronicle.note(clock.instant(), what);
  }

  /** Whether to inject a fault now; never in the second phase. */
  boolean chance(double share) {
    return !healed && random.nextDouble() < share;
  }

  void broken(Invariant invariant, String detail) {
    if (violation == null) {
      violation = new Violation(invariant, detail);
      note("VIOLATION " + violation);
    }
  }

  /** The first violation. */
  @Nullable Violation violation() {
    return violation;
  }

  /** A process that does not stand still. */
  SimulatedProcess any() {
    SimulatedProcess chosen = processes.get(random.nextInt(processes.size()));
    return chosen == halted ? processes.get(1 - processes.indexOf(chosen)) : chosen;
  }

  /** Pauses the process for longer than its leases, while other steps run. */
  void stopped(SimulatedProcess process) {
    if (halted != null || healed) {
      return;
    }
    halted = process;
    tally.count(Happening.STOPPED_PAST_ITS_LEASE);
    note(process.name + " stands still");
    clock.elapse(Duration.ofMillis(10_001 + random.nextInt(20_000)));
    int acts = 3 + random.nextInt(20);
    for (int i = 0; i < acts; i++) {
      meanwhile.run();
    }
    halted = null;
    note(process.name + " goes on");
  }

  /** Replaces a dead process by a new one. */
  void replaceIfDead(SimulatedProcess process) {
    if (process.isDead()) {
      process.bury();
      processes.set(processes.indexOf(process), new SimulatedProcess(this, process.name));
    }
  }

  /**
   * A command to some process, in a transaction of its own.
   *
   * @return its outcome; empty if the process died, so that the outcome is unknown
   */
  <R> Optional<R> command(String what, BiFunction<SimulatedProcess, UnitOfWork, R> work) {
    SimulatedProcess process = any();
    try {
      R outcome = process.transactions.call(tx -> work.apply(process, tx));
      note(process.name + " " + what + ": " + outcome.getClass().getSimpleName());
      return Optional.of(outcome);
    } catch (RuntimeException e) {
      if (process.isDead()) {
        tally.count(Happening.OUTCOME_UNKNOWN);
      } else {
        broken(Invariant.NO_SURPRISES, "%s throws %s".formatted(what, e));
      }
      return Optional.empty();
    } finally {
      replaceIfDead(process);
    }
  }

  /** One of a list, if there is any. */
  <T> Optional<T> oneOf(List<T> all) {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
  }
}
