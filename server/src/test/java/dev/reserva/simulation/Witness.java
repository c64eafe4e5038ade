package dev.reserva.simulation;

import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.messaging.memory.MemoryTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Wraps the handler of a subscription. It makes the handler fail, and records in the handler's
 * transaction which events take effect, so that record and effect commit together.
 */
final class Witness {

  private final World world;
  private final MemoryTable<String, UUID> lastOfKey;
  private final MemoryTable<String, Long> handled;
  private final MemoryTable<Integer, Succession> successions;
  private final Set<String> firsts = new HashSet<>();
  private int checked;

  /**
   * Two successive events of a key that took effect; the first event of a key is paired with
   * itself.
   */
  private record Succession(String subscription, String key, UUID before, UUID event) {}

  /** How often an event still fails, by subscription and event. */
  private final Map<String, Integer> failures = new HashMap<>();

  /** Events whose payload the handler cannot handle. */
  private final Set<UUID> poison = new HashSet<>();

  Witness(World world) {
    this.world = world;
    this.lastOfKey = world.database.table("witness.last");
    this.handled = world.database.table("witness.handled");
    this.successions = world.database.table("witness.successions");
  }

  /** An event that was published unreadable on purpose. */
  void poisoned(UUID event) {
    poison.add(event);
  }

  /** The subscription as a process runs it. */
  Subscription beside(Subscription real, SimulatedProcess process, int maxBatch) {
    return new Subscription(
        real.name(),
        real.types(),
        (batch, tx) -> handle(real, process, batch, tx),
        maxBatch,
        real.retries());
  }

  private void handle(
      Subscription real, SimulatedProcess process, List<Message> batch, UnitOfWork tx) {
    if (world.dependencyDown) {
      world.tally.count(Happening.DEPENDENCY_DOWN);
      throw new DependencyUnavailable("down", new BadMoment());
    }
    for (Message message : batch) {
      if (isSick(real.name(), message, batch.size())) {
        world.tally.count(Happening.HANDLER_FAILED);
        world.note(
            "%s fails on %s of %s"
                .formatted(real.name(), message.type(), Chronicle.name(message.key())));
        throw new BadMoment();
      }
    }
    try {
      real.handler().handle(batch, tx);
    } catch (Unprocessable e) {
      if (batch.stream().noneMatch(message -> poison.contains(message.event().id()))) {
        world.broken(Invariant.NO_SURPRISES, real.name() + " refuses what is sound: " + e);
      }
      throw e;
    } catch (RuntimeException e) {
      if (!process.isDead()) {
        world.broken(Invariant.NO_SURPRISES, real.name() + " fails by itself: " + e);
      }
      throw e;
    }
    if (world.chance(0.03)) {
      world.tally.count(Happening.HANDLER_FAILED_AFTER_ITS_EFFECT);
      throw new BadMoment();
    }
    batch.forEach(message -> writeDown(real.name(), message));
  }

  private boolean isSick(String subscription, Message message, int batch) {
    if (world.healed) {
      return false;
    }
    String case_ = subscription + message.event().id();
    int left =
        failures.computeIfAbsent(case_, _ -> world.chance(0.04) ? 1 + world.random.nextInt(7) : 0);
    if (left > 0 && batch == 1) {
      failures.put(case_, left - 1);
    }
    return left > 0;
  }

  private void writeDown(String subscription, Message message) {
    String key = subscription + "/" + message.key();
    UUID event = message.event().id();
    successions.put(
        successions.size(),
        new Succession(subscription, key, lastOfKey.get(key).orElse(event), event));
    lastOfKey.put(key, event);
    handled.put(subscription, handled(subscription) + 1);
  }

  /** How many events took effect in the subscription, for good. */
  long handled(String subscription) {
    return handled.get(subscription).orElse(0L);
  }

  /**
   * What took effect for good out of order or twice. An event that is handled in the transaction
   * that publishes it has no position before the commit, so positions are compared afterwards.
   *
   * @param position an event's place in the log
   */
  Optional<String> disorder(Function<UUID, Long> position) {
    for (; checked < successions.size(); checked++) {
      Succession next = successions.get(checked).orElseThrow();
      boolean first = next.before().equals(next.event()) && firsts.add(next.key());
      if (!first && position.apply(next.event()) <= position.apply(next.before())) {
        return Optional.of(
            "%s took effect in %s after %s"
                .formatted(next.event(), next.subscription(), next.before()));
      }
    }
    return Optional.empty();
  }

  /** An injected failure. It has no stack trace, because there are millions. */
  static final class BadMoment extends RuntimeException {
    BadMoment() {
      super("a bad moment", null, false, false);
    }
  }
}
