package dev.reserva.financial;

import dev.reserva.ServiceDatabase;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Transactions;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database of its own with financial's tables, the simulator's and the log's. */
public final class FinancialDatabase implements AutoCloseable {

  private final ServiceDatabase database = new ServiceDatabase("financial", "psp_simulator");

  public Transactions transactions() {
    return database.transactions();
  }

  public JdbcClient sql() {
    return JdbcClient.create(database.dataSource());
  }

  /** What was published about an order, in order. */
  public List<Object> published(UUID orderId) {
    return database.log().ofKey(orderId, 0, 1_000).stream()
        .map(EventLog.Entry::event)
        .<Object>map(database.catalogue()::payload)
        .toList();
  }

  @Override
  public void close() {
    database.close();
  }
}
