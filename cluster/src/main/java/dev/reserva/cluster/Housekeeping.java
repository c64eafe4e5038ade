package dev.reserva.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Limits the logs, and looks at the database's state, each second. */
final class Housekeeping implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final LogLimit logs;
  private final Supplier<NodeStatus> database;
  private final Consumer<NodeStatus> onChange;
  private final Thread thread = Thread.ofVirtual().name("housekeeping").unstarted(this::run);

  private Housekeeping(Path logs, Supplier<NodeStatus> database, Consumer<NodeStatus> onChange) {
    this.logs = new LogLimit(logs, LogLimit.BYTES);
    this.database = database;
    this.onChange = onChange;
  }

  static Housekeeping begin(
      Path logs, Supplier<NodeStatus> database, Consumer<NodeStatus> onChange) {
    Housekeeping housekeeping = new Housekeeping(logs, database, onChange);
    housekeeping.thread.start();
    return housekeeping;
  }

  private void run() {
    // Its memory changes all the time, and is not measured each second.
    record Seen(NodeState state, int restarts) {}
    Seen seen = null;
    boolean failed = false;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        NodeStatus now = database.get();
        Seen next = new Seen(now.state(), now.restarts());
        if (!next.equals(seen)) {
          onChange.accept(now);
          seen = next;
        }
        try {
          logs.apply();
          failed = false;
        } catch (IOException e) {
          if (!failed) {
            log.warn("logs cannot be limited, trying again each second: error={}", e.toString());
          }
          failed = true;
        }
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
