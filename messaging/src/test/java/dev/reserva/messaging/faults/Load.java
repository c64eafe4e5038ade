package dev.reserva.messaging.faults;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A steady load: {@value #KEYS_PER_ROUND} events of as many keys every 40 ms, each with the next
 * number of its key, at most {@value #MAX_EVENTS} in all.
 */
final class Load {

  private static final int KEYS = 40;
  private static final int KEYS_PER_ROUND = 10;
  private static final Duration PAUSE = Duration.ofMillis(40);
  private static final int MAX_EVENTS = 10_000;

  private final Transactions transactions;
  private final List<UUID> keys = Stream.generate(UUID::randomUUID).limit(KEYS).toList();
  private final Thread thread = Thread.ofPlatform().name("load").unstarted(this::run);
  private volatile boolean stopped;
  private volatile long rounds;

  Load(Transactions transactions) {
    this.transactions = transactions;
  }

  Load start() {
    thread.start();
    return this;
  }

  private void run() {
    try {
      while (!stopped && published() < MAX_EVENTS) {
        long round = rounds;
        transactions.run(tx -> {
          for (int i = 0; i < KEYS_PER_ROUND; i++) {
            long event = round * KEYS_PER_ROUND + i;
            tx.publish(new Added(keys.get((int) (event % KEYS)), event / KEYS), Cause.of("load"));
          }
        });
        rounds = round + 1;
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  List<UUID> keys() {
    return keys;
  }

  /** How many events are committed. */
  long published() {
    return rounds * KEYS_PER_ROUND;
  }

  /** Stops it. */
  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
  }

  /** How many events of each key are committed, once it has stopped. */
  Map<UUID, Long> ofKeys() {
    long published = published();
    return keys.stream()
        .collect(
            Collectors.toMap(
                Function.identity(), key -> (published + KEYS - 1 - keys.indexOf(key)) / KEYS));
  }
}
