package dev.reserva.financial;

import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.contracts.Contract;
import dev.reserva.contracts.Contracts;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.EventType;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.delivery.LocalDelivery;
import dev.reserva.messaging.delivery.RateMeter;
import dev.reserva.messaging.store.LogTail;
import dev.reserva.messaging.store.PostgresEventLog;
import dev.reserva.messaging.store.PostgresTransactions;
import dev.reserva.platform.json.JsonPayloads;
import dev.reserva.postgres.TestPostgres;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database of its own with financial's tables, the simulator's and the log's. */
public final class FinancialDatabase implements AutoCloseable {

  private final HikariDataSource dataSource = TestPostgres.freshDatabase();
  private final EventCatalogue catalogue;
  private final LogTail tail;
  private final Transactions transactions;

  public FinancialDatabase() {
    for (String schema : List.of("messaging", "financial", "psp_simulator")) {
      Flyway.configure()
          .dataSource(dataSource)
          .schemas(schema)
          .locations("classpath:db/" + schema)
          .load()
          .migrate();
    }
    List<EventType<?>> types = new ArrayList<>();
    Contracts.ALL.forEach(contract -> types.add(type(contract)));
    catalogue = new EventCatalogue(types, new JsonPayloads());
    LocalDelivery local = new LocalDelivery(System::nanoTime);
    tail = new LogTail(dataSource, catalogue, local);
    transactions =
        new PostgresTransactions(
            dataSource,
            catalogue,
            Ids.timeOrdered(),
            Clock.systemUTC(),
            tail,
            local,
            new RateMeter(System::nanoTime));
  }

  public Transactions transactions() {
    return transactions;
  }

  public JdbcClient sql() {
    return JdbcClient.create(dataSource);
  }

  /** What was published about an order, in order. */
  public List<Object> published(UUID orderId) {
    return new PostgresEventLog(dataSource)
        .ofKey(orderId, 0, 1_000).stream().map(EventLog.Entry::event).map(this::payload).toList();
  }

  private Object payload(Event event) {
    return catalogue.payload(event);
  }

  @Override
  public void close() {
    tail.close();
    dataSource.close();
  }

  private static <T> EventType<T> type(Contract<T> contract) {
    return new EventType<>(contract.name(), contract.payload(), contract.subject(), contract.key());
  }
}
