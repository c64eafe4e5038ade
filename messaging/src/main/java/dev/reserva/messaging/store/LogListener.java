package dev.reserva.messaging.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for appends of other processes. NOTIFY announces the log's new end. While nothing is
 * announced, this class reads the log's end once a second, in case an announcement is lost.
 */
final class LogListener implements AutoCloseable {

  static final String CHANNEL = "reserva_log";
  private static final int LOOK_UP_MILLIS = 1_000;
  private static final String SELECT_END = "select max(position) from messaging.log_end";
  private static final Logger LOG = LoggerFactory.getLogger(LogListener.class);

  private final DataSource dataSource;
  private final LongConsumer grown;
  private final LongConsumer lookedUp;
  private volatile boolean closed;
  private volatile @Nullable Thread listening;

  /**
   * @param grown gets the log's end when it is announced
   * @param lookedUp gets the log's end when nothing was announced for a second
   */
  LogListener(DataSource dataSource, LongConsumer grown, LongConsumer lookedUp) {
    this.dataSource = dataSource;
    this.grown = grown;
    this.lookedUp = lookedUp;
  }

  void start() {
    listening = Thread.ofPlatform().name("log-tail").daemon().start(this::listen);
  }

  @Override
  public void close() {
    closed = true;
    Thread thread = listening;
    if (thread == null) {
      return;
    }
    LockSupport.unpark(thread);
    // A notification ends the thread's wait. A thread of its own sends it, because getting a
    // connection takes long while the database is down.
    Thread.ofVirtual().name("log-tail-close").start(this::notifyAtClose);
    try {
      if (!thread.join(Duration.ofMillis(2L * LOOK_UP_MILLIS))) {
        LOG.warn("log listener did not stop in time: thread={}", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void notifyAtClose() {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("notify " + CHANNEL);
    } catch (SQLException e) {
      LOG.debug("notification at close failed: {}", e.getMessage());
    }
  }

  private static long readEnd(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SELECT_END);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private void listen() {
    boolean failing = false;
    while (!closed) {
      try (Connection connection = dataSource.getConnection()) {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
          statement.execute("listen " + CHANNEL);
        }
        Listeners.join(connection);
        PGConnection notified = connection.unwrap(PGConnection.class);
        grown.accept(readEnd(connection)); // after LISTEN, so that no append is missed in between
        failing = false;
        try {
          while (!closed) {
            PGNotification[] announced = notified.getNotifications(LOOK_UP_MILLIS);
            if (announced == null || announced.length == 0) {
              lookedUp.accept(readEnd(connection));
            } else {
              grown.accept(end(announced));
            }
          }
        } finally {
          try (Statement statement = connection.createStatement()) {
            statement.execute("unlisten " + CHANNEL);
          }
          Listeners.leave(connection);
        }
      } catch (SQLException e) {
        if (closed) {
          return;
        }
        if (!failing) {
          LOG.warn(
              "cannot listen for appends of other processes, trying again every second: error={}",
              e.getMessage());
        }
        failing = true;
        LockSupport.parkNanos(LOOK_UP_MILLIS * 1_000_000L);
      }
    }
  }

  /** Notifications arrive in the order of commits, so the last one has the log's end. */
  private static long end(PGNotification[] announced) {
    String end = announced[announced.length - 1].getParameter();
    return end.matches("[0-9]{1,18}") ? Long.parseLong(end) : 0;
  }
}
