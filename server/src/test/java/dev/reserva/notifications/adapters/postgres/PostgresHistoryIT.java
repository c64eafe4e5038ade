package dev.reserva.notifications.adapters.postgres;

import dev.reserva.ServiceDatabase;
import dev.reserva.notifications.application.History;
import dev.reserva.notifications.application.HistoryContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;

class PostgresHistoryIT extends HistoryContract {

  private static final ServiceDatabase DATABASE = new ServiceDatabase("notifications");

  private final History history = new PostgresHistory(DATABASE.transactions());

  @BeforeEach
  void empty() {
    JdbcClient.create(DATABASE.dataSource()).sql("truncate notifications.history").update();
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Override
  protected History history() {
    return history;
  }
}
