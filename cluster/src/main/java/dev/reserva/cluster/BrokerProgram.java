package dev.reserva.cluster;

import dev.reserva.harness.broker.BrokerNode;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A private broker. */
final class BrokerProgram implements Program {
  private final String role;
  private final Creation creation;
  private volatile @Nullable BrokerNode node;

  /** Starts a node for the first time and waits until it is ready. */
  @FunctionalInterface
  interface Creation {
    BrokerNode create() throws IOException, InterruptedException;
  }

  /**
   * @param role such as {@code rabbitmq}
   */
  BrokerProgram(String role, Creation creation) {
    this.role = role;
    this.creation = creation;
  }

  @Override
  public String role() {
    return role;
  }

  @Override
  public int instance() {
    return 1;
  }

  @Override
  public int port() {
    BrokerNode current = node;
    return current == null ? 0 : current.port();
  }

  @Override
  public void start(BooleanSupplier wanted) throws IOException, InterruptedException {
    BrokerNode current = node;
    if (current == null) {
      node = creation.create();
    } else {
      current.start();
    }
  }

  /** Only a node that was started is asked for. */
  BrokerNode node() {
    BrokerNode current = node;
    if (current == null) {
      throw new IllegalStateException(role + " has not been started");
    }
    return current;
  }

  @Override
  public int awaitEnd() throws InterruptedException {
    return node().awaitEnd();
  }

  @Override
  public long pid() {
    BrokerNode current = node;
    return current != null && current.isAlive() ? current.pid() : 0;
  }

  @Override
  public void stop(Duration limit) throws InterruptedException {
    BrokerNode current = node;
    if (current != null && current.isAlive()) {
      current.stop(limit);
    }
  }

  @Override
  public void kill() throws InterruptedException {
    BrokerNode current = node;
    if (current != null && current.isAlive()) {
      current.kill();
    }
  }

  @Override
  public void close() {
    BrokerNode current = node;
    if (current != null) {
      current.close();
    }
  }
}
