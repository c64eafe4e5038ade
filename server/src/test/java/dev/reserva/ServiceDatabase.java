package dev.reserva;

import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.delivery.LocalDelivery;
import dev.reserva.messaging.delivery.RateMeter;
import dev.reserva.messaging.store.LogTail;
import dev.reserva.messaging.store.PostgresEventLog;
import dev.reserva.messaging.store.PostgresTransactions;
import dev.reserva.platform.events.TestCatalogue;
import dev.reserva.postgres.TestPostgres;
import java.time.Clock;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A PostgreSQL database of its own with the tables of the backbone and of some schemas. */
public final class ServiceDatabase implements AutoCloseable {

  private final HikariDataSource dataSource = TestPostgres.freshDatabase();
  private final EventCatalogue catalogue = TestCatalogue.create();
  private final LogTail tail;
  private final Transactions transactions;

  public ServiceDatabase(String... schemas) {
    this(UnaryOperator.identity(), schemas);
  }

  /**
   * @param watched wraps what transactions get their connections from
   */
  public ServiceDatabase(UnaryOperator<DataSource> watched, String... schemas) {
    migrate("messaging");
    for (String schema : schemas) {
      migrate(schema);
    }
    LocalDelivery local = new LocalDelivery(System::nanoTime);
    tail = new LogTail(dataSource, catalogue, local);
    transactions =
        new PostgresTransactions(
            watched.apply(dataSource),
            catalogue,
            Ids.timeOrdered(),
            Clock.systemUTC(),
            tail,
            local,
            new RateMeter(System::nanoTime));
  }

  private void migrate(String schema) {
    Flyway.configure()
        .dataSource(dataSource)
        .schemas(schema)
        .locations("classpath:db/" + schema)
        .failOnMissingLocations(true)
        .load()
        .migrate();
  }

  public DataSource dataSource() {
    return dataSource;
  }

  public EventCatalogue catalogue() {
    return catalogue;
  }

  public Transactions transactions() {
    return transactions;
  }

  public EventLog log() {
    return new PostgresEventLog(dataSource);
  }

  /** How many deadlocks the server has found in this database so far. */
  public int deadlocks() {
    JdbcClient sql = JdbcClient.create(dataSource);
    sql.sql("select pg_stat_force_next_flush()").query().singleRow();
    return sql.sql("select deadlocks from pg_stat_database where datname = current_database()")
        .query(Integer.class)
        .single();
  }

  @Override
  public void close() {
    tail.close();
    dataSource.close();
  }
}
