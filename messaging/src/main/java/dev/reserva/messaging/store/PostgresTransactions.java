package dev.reserva.messaging.store;

import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Failpoint;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.OutcomeUnknown;
import dev.reserva.messaging.TransactionConflict;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.LocalAttempt;
import dev.reserva.messaging.delivery.LocalDelivery;
import dev.reserva.messaging.delivery.LocalRuns;
import dev.reserva.messaging.delivery.RateMeter;
import dev.reserva.messaging.sql.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs transactions on PostgreSQL: the work, then local delivery, then the writes of sessions, then
 * the append to the log as the last statement.
 */
public final class PostgresTransactions implements Transactions {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresTransactions.class);

  private final DataSource dataSource;
  private final EventCatalogue catalogue;
  private final Ids ids;
  private final Clock clock;
  private final LogTail tail;
  private final LocalDelivery local;
  private final RateMeter published;
  private final BatchLimiter limiter = new BatchLimiter(Runtime.getRuntime().availableProcessors());

  /**
   * @param published counts the events appended
   * @param clock gives events their time; the database's clock judges races
   */
  public PostgresTransactions(
      DataSource dataSource,
      EventCatalogue catalogue,
      Ids ids,
      Clock clock,
      LogTail tail,
      LocalDelivery local,
      RateMeter published) {
    this.dataSource = dataSource;
    this.catalogue = catalogue;
    this.ids = ids;
    this.clock = clock;
    this.tail = tail;
    this.local = local;
    this.published = published;
  }

  @Override
  public <R> R call(Function<UnitOfWork, R> work) {
    for (int run = 1; ; run++) {
      try {
        return LocalRuns.run(local, attempt -> callOnce(work, attempt));
      } catch (RuntimeException e) {
        String conflict = conflict(e);
        if (conflict == null || run == MAX_RUNS) {
          throw e;
        }
        LOG.info("transaction runs again: conflict={} run={}", conflict, run + 1);
      }
    }
  }

  /**
   * The kind of conflict with a concurrent transaction that made this one fail; null when another
   * run would fail too.
   */
  private static @Nullable String conflict(RuntimeException e) {
    if (e instanceof TransactionConflict) {
      return e.getClass().getSimpleName();
    }
    SQLException sql = Sql.sqlCause(e);
    return sql != null && Sql.isTransient(sql) ? sql.getSQLState() : null;
  }

  @Override
  public Permit acquirePermit() {
    return limiter.acquire();
  }

  @Override
  public <R> R snapshot(Function<UnitOfWork, R> work) {
    try (Connection connection = open()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      PostgresUnitOfWork tx = unitOfWork(connection, true);
      try {
        return work.apply(tx);
      } catch (RuntimeException e) {
        throw classified(e);
      } finally {
        tx.end();
        connection.rollback();
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setReadOnly(false);
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw Sql.unavailable(e);
    }
  }

  private PostgresUnitOfWork unitOfWork(Connection connection, boolean readOnly) {
    return new PostgresUnitOfWork(connection, catalogue, ids, clock, readOnly);
  }

  private <R> R callOnce(Function<UnitOfWork, R> work, LocalAttempt attempt) {
    R result;
    Publication publication;
    PostgresUnitOfWork tx;
    try (Connection connection = open()) {
      connection.setAutoCommit(false);
      boolean committing = false;
      tx = unitOfWork(connection, false);
      publication = new Publication(tx, attempt, tail, published);
      try {
        result = work.apply(tx);
        publication.deliverLocally();
        publication.append();
        Failpoint.AFTER_EFFECT_BEFORE_COMMIT.hit();
        committing = true;
        commit(connection);
      } catch (Throwable e) {
        // Every Throwable, because returning the connection to the pool would commit.
        tx.end();
        publication.notCommitted();
        if (!rollback(connection)) {
          throw connectionLost(e, committing);
        }
        throw e;
      } finally {
        tx.end();
        restore(connection);
      }
    } catch (RuntimeException e) {
      throw classified(e);
    } catch (SQLException e) {
      throw Sql.unavailable(e);
    }
    Failpoint.AFTER_COMMIT_BEFORE_WAKE_UP.hit();
    attempt.close(); // before any reader learns of the commit
    publication.committed();
    tx.runAfterCommit();
    return result;
  }

  private Connection open() {
    try {
      return dataSource.getConnection();
    } catch (SQLException e) {
      throw Sql.unavailable(e);
    }
  }

  private static void commit(Connection connection) {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (Sql.isUnavailable(e)) {
        throw new OutcomeUnknown("the database went away during a commit", e);
      }
      throw new SqlFailure(e);
    }
  }

  /**
   * @return whether the connection is still usable
   */
  private static boolean rollback(Connection connection) {
    try {
      connection.rollback();
      return !connection.isClosed();
    } catch (SQLException e) {
      LOG.debug("rollback failed: {}", e.getMessage());
      return false;
    }
  }

  /**
   * Any failure on a lost connection counts as the database's, because the driver may throw
   * anything when the protocol breaks off.
   */
  private static DependencyUnavailable connectionLost(Throwable e, boolean committing) {
    if (e instanceof DependencyUnavailable known) {
      return known;
    }
    return committing
        ? new OutcomeUnknown("the database went away during a commit", e)
        : new DependencyUnavailable("the database cannot be reached", e);
  }

  private static void restore(Connection connection) {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      LOG.debug("connection is not usable any more: {}", e.getMessage());
    }
  }

  private static RuntimeException classified(RuntimeException e) {
    if (e instanceof DependencyUnavailable || e instanceof LocalAttempt.Failed) {
      return e;
    }
    SQLException sql = Sql.sqlCause(e);
    return sql != null && Sql.isUnavailable(sql) ? Sql.unavailable(sql) : e;
  }
}
