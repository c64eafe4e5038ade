package dev.reserva.bench;

import java.time.Duration;
import java.util.List;

/**
 * The numbers and durations of a run.
 *
 * @param clients numbers of clients in the closed loops of a comparison; the last one also warms up
 *     the server
 * @param turns how often each version is measured in a comparison
 * @param hold how long a snapshot is held open
 */
public record Plan(
    boolean quick,
    int skus,
    List<Integer> clients,
    int turns,
    Duration warmUp,
    Duration phase,
    Duration openLoop,
    Duration baselineWarmUp,
    Duration idle,
    int loneOrders,
    Duration overload,
    int overloadConnections,
    Duration hold) {

  /** Some twenty minutes; as a comparison some half an hour. */
  static Plan whole() {
    return new Plan(
        false,
        10_000,
        List.of(8, 32, 128),
        5,
        // Until the JVM has compiled the hot code, which takes more than a third of the CPU before.
        Duration.ofSeconds(45),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        100,
        Duration.ofSeconds(10),
        1_500,
        Duration.ofMinutes(10));
  }

  /** Some four minutes; as a comparison some six. */
  static Plan shortened() {
    return new Plan(
        true,
        1_000,
        List.of(8, 128),
        3,
        Duration.ofSeconds(10),
        Duration.ofSeconds(3),
        Duration.ofSeconds(6),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        20,
        Duration.ofSeconds(4),
        1_000,
        Duration.ofMinutes(1));
  }
}
