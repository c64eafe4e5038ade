package dev.reserva.harness.broker;

import java.io.IOException;
import java.time.Duration;

/** A private broker of one node, which keeps its data between a stop or kill and the next start. */
public sealed interface BrokerNode extends AutoCloseable permits RabbitNode, KafkaNode {
  /**
   * Starts the node on the data it has, and waits until it accepts connections. It must not run.
   *
   * @throws dev.reserva.harness.HarnessFailure if it does not start
   */
  void start() throws IOException, InterruptedException;

  /** Kills the node with {@code kill -9}, and waits until it has ended. */
  void kill() throws InterruptedException;

  /** Shuts the node down, or kills it if it does not end in time. */
  void stop(Duration limit) throws InterruptedException;

  /** Waits until the node has ended; returns its exit code. */
  int awaitEnd() throws InterruptedException;

  /** Port of the clients; the same for as long as this object lives. */
  int port();

  /** The node's process id. Each start changes it. */
  long pid();

  boolean isAlive();

  /** Ends the node. The files stay. */
  @Override
  void close();
}
