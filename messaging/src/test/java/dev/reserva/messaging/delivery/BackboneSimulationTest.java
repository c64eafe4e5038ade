package dev.reserva.messaging.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog.Entry;
import dev.reserva.messaging.EventLog.Filter;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.TestFacts.Echoed;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.messaging.memory.Faults;
import dev.reserva.messaging.memory.MemoryBackbone;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTransport.Disorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Thousands of schedules of a toy service, in which processes die at every step, messages arrive
 * late, repeated and interleaved, handlers fail, dependencies become unavailable and operators act.
 * In every schedule, each event takes effect exactly once and in order, or is a dead letter, or
 * waits behind one.
 *
 * <p>A failure names its seed; {@code -Dreserva.simulation.seed=N} runs exactly that schedule.
 */
class BackboneSimulationTest {

  private static final int SCHEDULES = 3_000;
  private static final int ACTIONS = 120;

  /** No schedule starts after this time, except the first {@link #MIN_SCHEDULES}. */
  private static final Duration MAX_DURATION = Duration.ofSeconds(20);

  private static final int MIN_SCHEDULES = 100;
  private static final Cause CAUSE = Cause.of("simulation");
  private static final Logger LOOP = (Logger) LoggerFactory.getLogger(SubscriptionLoop.class);

  @BeforeAll
  static void muteLog() {
    LOOP.setLevel(Level.OFF); // a million failures are injected
  }

  @AfterAll
  static void unmuteLog() {
    LOOP.setLevel(null);
  }

  @Test
  void each_event_takes_effect_once_and_in_order_or_is_accounted_for() {
    Long only = Long.getLong("reserva.simulation.seed");
    if (only != null) {
      new Schedule(only).play();
      return;
    }
    long base = Long.getLong("reserva.simulation.base", 1);
    long end = System.nanoTime() + MAX_DURATION.toNanos();
    int played = 0;
    Totals totals = new Totals();
    while (played < SCHEDULES && (played < MIN_SCHEDULES || System.nanoTime() < end)) {
      long seed = base + played++;
      try {
        Schedule schedule = new Schedule(seed);
        schedule.play();
        totals.add(schedule.totals);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("play it again with -Dreserva.simulation.seed=" + seed, e);
      }
    }
    System.out.printf("simulated schedules=%d seeds=%d.. %s%n", played, base, totals);
    // A simulation without faults proves nothing.
    assertThat(totals.crashes).isGreaterThan(played);
    assertThat(totals.failures).isGreaterThan(played);
    assertThat(totals.operatorActions).isGreaterThan(played);
    assertThat(totals.schedulesWithLocalDelivery).isGreaterThan(played / 4);
    assertThat(totals.schedulesWithFailures).isGreaterThan(played / 10);
    assertThat(totals.schedulesWithRefusals).isGreaterThan(played / 10);
  }

  @Test
  void the_same_seed_gives_the_same_run() {
    Schedule first = new Schedule(42);
    Schedule second = new Schedule(42);
    first.play();
    second.play();

    assertThat(second.trace()).isEqualTo(first.trace());
  }

  private static final class Totals {
    private int events;
    private int crashes;
    private int failures;
    private int operatorActions;
    private boolean handledLocally;
    private boolean failedLocally;
    private boolean refusedLocally;
    private int schedulesWithLocalDelivery;
    private int schedulesWithFailures;
    private int schedulesWithRefusals;

    void local(LocalDelivery.Counts counts) {
      handledLocally |= counts.handled() > 0;
      failedLocally |= counts.failed() > 0;
      refusedLocally |= counts.refused() > 0;
    }

    void add(Totals other) {
      schedulesWithLocalDelivery += other.handledLocally ? 1 : 0;
      schedulesWithFailures += other.failedLocally ? 1 : 0;
      schedulesWithRefusals += other.refusedLocally ? 1 : 0;
      events += other.events;
      crashes += other.crashes;
      failures += other.failures;
      operatorActions += other.operatorActions;
    }

    @Override
    public String toString() {
      return "events=%d crashes=%d failures=%d operatorActions=%d local=%d localFailed=%d localRefused=%d"
          .formatted(
              events,
              crashes,
              failures,
              operatorActions,
              schedulesWithLocalDelivery,
              schedulesWithFailures,
              schedulesWithRefusals);
    }
  }

  /** One schedule: one thread, one seed, one backbone. */
  private static final class Schedule {

    private static final int KEYS = 4;

    private final Totals totals = new Totals();
    private final Random random;
    private final MemoryBackbone backbone;
    private final Subscription toy;
    private final Subscription echo;
    private final List<CrashingProcess> processes = new ArrayList<>();
    private final long[] lastNumber = new long[KEYS];
    private boolean healed;
    private boolean dependencyDown;

    Schedule(long seed) {
      random = new Random(seed);
      EventCatalogue catalogue = TestFacts.catalogue();
      backbone =
          new MemoryBackbone(
              catalogue,
              TestFacts.announcer(),
              TestFacts.editPolicy(catalogue),
              new Disorder(random.nextDouble() * 0.5, random.nextDouble() * 0.5, true),
              random.nextLong());
      int batch = 1 + random.nextInt(20);
      toy =
          new Subscription(
              "toy",
              Set.of(TestFacts.ADDED),
              this::addAndEcho,
              batch,
              dev.reserva.messaging.RetryPolicy.DEFAULT);
      echo = Subscription.of("echo", Set.of(TestFacts.ECHOED), this::remember);
      for (int i = 0; i < 2; i++) {
        processes.add(new CrashingProcess());
      }
    }

    /** A process that runs both subscriptions, may die, and is then replaced by a new one. */
    private final class CrashingProcess implements Faults {
      private LoopParts parts;
      private List<SubscriptionLoop> loops;
      private @Nullable IllegalStateException death;
      private int untilDeath = Integer.MAX_VALUE;

      CrashingProcess() {
        parts = backbone.process(this);
        loops = loops(parts);
      }

      private List<SubscriptionLoop> loops(LoopParts of) {
        return List.of(backbone.loop(toy, of), backbone.loop(echo, of));
      }

      @Override
      public void at(Point point) {
        if (death != null) {
          throw death;
        }
        if (untilDeath-- <= 0) {
          death = new IllegalStateException("died at " + point);
          totals.crashes++;
          throw death;
        }
      }

      boolean step(int which) {
        boolean progress = loops.get(which).step();
        replaceIfDead();
        return progress;
      }

      void replaceIfDead() {
        totals.local(parts.local().counts());
        if (death != null) {
          death = null;
          untilDeath = Integer.MAX_VALUE;
          parts = backbone.process(this);
          loops = loops(parts);
        }
      }

      boolean waits(int which) {
        SubscriptionLoop loop = loops.get(which);
        return loop.state() == LoopState.RUNNING
            && backbone.transport().outstanding(loop.subscription()) > 0;
      }
    }

    private void addAndEcho(List<Message> batch, UnitOfWork tx) {
      for (Message message : batch) {
        Added added = message.payload(Added.class);
        failMaybe(added);
        effect(tx, "toy", message, added.number());
        tx.publish(new Echoed(added.counter(), added.number()), message.cause());
      }
    }

    private void remember(List<Message> batch, UnitOfWork tx) {
      for (Message message : batch) {
        if (!healed && random.nextInt(20) == 0) {
          totals.failures++;
          throw new IllegalArgumentException("a bad moment");
        }
        effect(tx, "echo", message, message.payload(Echoed.class).number());
      }
    }

    private void failMaybe(Added added) {
      if (added.note().equals("poison")) {
        totals.failures++;
        if (added.number() % 2 == 0) {
          throw new Unprocessable("poison");
        }
        throw new IllegalArgumentException("poison");
      }
      if (dependencyDown) {
        throw new DependencyUnavailable("down", new IllegalStateException());
      }
      if (!healed && random.nextInt(15) == 0) {
        totals.failures++;
        throw new IllegalArgumentException("a bad moment");
      }
    }

    /** Records an effect. Fails the test if the event has taken effect before. */
    private static void effect(UnitOfWork tx, String service, Message message, long number) {
      var effects = tx.resource(MemoryDatabase.class).<UUID, Effect>table("effects-" + service);
      assertThat(effects.get(message.event().id())).as("an effect twice").isEmpty();
      effects.put(
          message.event().id(),
          new Effect(effects.size(), message.event().id(), message.key(), number));
    }

    private record Effect(long ordinal, UUID eventId, UUID key, long number) {}

    private List<Effect> effects(String service) {
      List<Effect> effects =
          new ArrayList<>(backbone.database().<UUID, Effect>table("effects-" + service).values());
      effects.sort(Comparator.comparingLong(Effect::ordinal));
      return effects;
    }

    void play() {
      for (int action = 0; action < ACTIONS; action++) {
        act();
      }
      healed = true;
      dependencyDown = false;
      processes.forEach(process -> process.untilDeath = Integer.MAX_VALUE);
      settle();
      check();
    }

    private void act() {
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> publish();
        case 3, 4, 5, 6 -> any().step(random.nextInt(2));
        case 7 -> any().untilDeath = random.nextInt(12);
        case 8 -> backbone.clock().elapse(Duration.ofMillis(random.nextInt(3_000)));
        case 9 -> backbone.clock().elapse(Duration.ofMillis(random.nextInt(15_000)));
        case 10 -> operate();
        default -> dependencyDown = random.nextInt(3) == 0;
      }
    }

    private CrashingProcess any() {
      return processes.get(random.nextInt(processes.size()));
    }

    private void publish() {
      boolean rollBack = random.nextInt(6) == 0;
      int count = 1 + random.nextInt(6);
      long[] numbers = lastNumber.clone();
      CrashingProcess process = any();
      long before = backbone.log().end();
      boolean foreign = random.nextInt(4) == 0;
      Transactions publisher = foreign ? backbone.transactions() : process.parts.transactions();
      try {
        publisher.run(tx -> {
          for (int i = 0; i < count; i++) {
            int key = random.nextInt(KEYS);
            String note = random.nextInt(12) == 0 ? "poison" : "";
            tx.publish(new Added(new UUID(9, key), ++numbers[key], note), CAUSE);
          }
          if (rollBack) {
            throw new IllegalStateException("rolled back");
          }
        });
        published(numbers, count);
      } catch (IllegalStateException e) {
        if (process.death == null) {
          assertThat(e).hasMessage("rolled back");
        } else if (backbone.log().end() > before) {
          published(numbers, count); // it died between the commit and the answer
        }
      }
      process.replaceIfDead();
    }

    private void published(long[] numbers, int count) {
      System.arraycopy(numbers, 0, lastNumber, 0, KEYS);
      totals.events += count;
    }

    private void operate() {
      List<DeadLetter> open = backbone.deadLetters().list(null, 100);
      if (open.isEmpty()) {
        return;
      }
      totals.operatorActions++;
      DeadLetter letter = open.get(random.nextInt(open.size()));
      switch (random.nextInt(4)) {
        case 0 -> backbone.operators().retry(letter.id(), null, "ana");
        case 1 -> backbone.operators().discard(letter.id(), "simulated", "ana");
        case 2 -> backbone.operators().retryAll(null, null, "IllegalArgumentException", "ana", 10);
        default -> {
          if (TestFacts.catalogue().payload(letter.event()) instanceof Added added) {
            String repaired = TestFacts.json(new Added(added.counter(), added.number(), ""));
            backbone.operators().retry(letter.id(), repaired, "ana");
          }
        }
      }
    }

    /** Runs everything to its end. Events that are left then need an operator. */
    private void settle() {
      for (int round = 0; round < 60; round++) {
        backbone.clock().elapse(Duration.ofSeconds(11));
        for (CrashingProcess process : processes) {
          for (int which = 0; which < 2; which++) {
            for (int step = 0; process.step(which) || process.waits(which); step++) {
              assertThat(step).as("no end").isLessThan(199);
            }
          }
        }
      }
    }

    private void check() {
      for (Subscription subscription : List.of(toy, echo)) {
        check(subscription);
      }
      assertThat(effects("toy").size())
          .as("what took effect has been published, once")
          .isEqualTo(entries(TestFacts.ECHOED).size());
    }

    private List<Entry> entries(String type) {
      return backbone.log().search(new Filter(null, null, type, null), 0, 100_000).entries();
    }

    private void check(Subscription subscription) {
      String name = subscription.name();
      String type = subscription.types().iterator().next();
      List<Effect> effects = effects(name);
      Set<UUID> done = new HashSet<>();
      effects.forEach(effect -> done.add(effect.eventId()));
      Map<UUID, Long> blockedFrom = new HashMap<>();
      Set<UUID> dead = new HashSet<>();
      for (DeadLetter letter : backbone.deadLetters().list(null, 10_000)) {
        if (letter.subscription().equals(name)) {
          dead.add(letter.event().id());
          blockedFrom.merge(letter.event().key(), letter.position(), Math::min);
        }
      }
      long discarded = 0;
      for (Entry entry : entries(type)) {
        Event event = entry.event();
        long head = blockedFrom.getOrDefault(event.key(), Long.MAX_VALUE);
        if (done.contains(event.id())) {
          assertThat(entry.position()).as("%s overtook a dead letter", event).isLessThan(head);
        } else if (entry.position() < head) {
          discarded++; // the only other end an event can have
        } else if (entry.position() == head) {
          assertThat(dead).contains(event.id());
        }
      }
      long[] tally = backbone.tally(name);
      assertThat(discarded).as("lost in %s", name).isEqualTo(tally[2]);
      assertThat(tally[1]).as("handled in %s", name).isEqualTo(effects.size());
      assertThat(tally[1] + tally[2] + tally[3]).as("counts of %s", name).isEqualTo(tally[0]);
      assertThat(tally[0]).as("delivered to %s", name).isEqualTo(entries(type).size());
      Map<UUID, Long> last = new HashMap<>();
      for (Effect effect : effects) {
        Long before = last.put(effect.key(), effect.number());
        assertThat(effect.number())
            .as("order of key %s in %s", effect.key(), name)
            .isGreaterThan(before == null ? 0 : before);
      }
    }

    /** The whole result, to compare two runs. */
    String trace() {
      return "%s %s %s".formatted(totals, effects("toy"), effects("echo"));
    }
  }
}
