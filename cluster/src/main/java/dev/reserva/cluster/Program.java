package dev.reserva.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A program of which one process runs at a time. One thread starts it; any thread may end it or ask
 * for it.
 */
interface Program {
  /** The service, or what it is instead, and the instance. */
  String role();

  int instance();

  /** 0 if it is not known yet. */
  int port();

  /**
   * Starts the program and waits until it is ready.
   *
   * @param wanted whether it still shall start; when it no longer does, this ends soon
   * @throws dev.reserva.harness.HarnessFailure if the program does not become ready; it may run
   */
  void start(BooleanSupplier wanted) throws IOException, InterruptedException;

  /** Waits until the program that was started has ended; returns its exit code. */
  int awaitEnd() throws InterruptedException;

  /** 0 if it does not run. */
  long pid();

  /** Shuts the program down, and kills it after the limit. Does nothing if it does not run. */
  void stop(Duration limit) throws InterruptedException;

  /** Kills the program with {@code kill -9}. Does nothing if it does not run. */
  void kill() throws InterruptedException;

  /** Frees what the program has beside its process; it does not run any more. */
  default void close() {}
}
