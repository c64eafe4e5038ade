package dev.reserva.cluster;

import java.util.List;
import java.util.Map;

/**
 * What the processes may use. Seven services, the gateway, the database and Kafka's broker take
 * some 2.1 GiB together when they are ready, and at most some 3.3 GiB.
 */
final class Sizes {
  /**
   * One thread collects, and C1 alone compiles: with so many processes on one machine more threads
   * only compete, and C2 would make each start slower and larger.
   */
  static final List<String> SERVER_JVM =
      List.of(
          "-Xms32m",
          "-Xmx256m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:ReservedCodeCacheSize=64m",
          "-XX:+ExitOnOutOfMemoryError");

  /** glibc keeps memory for each thread otherwise (mallopt(3)). */
  static final Map<String, String> SERVER_ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

  /** Connections of each process; each costs the database some 10 MiB. */
  static final int POOL = 8;

  /** Connections of a process beside its pool: one listens, one migrates. */
  static final int BESIDE_POOL = 4;

  /** Connections beside those of processes: the set-up's and those of people who look at it. */
  static final int OTHER_CONNECTIONS = 20;

  static final String SHARED_BUFFERS = "128MB";

  private Sizes() {}
}
