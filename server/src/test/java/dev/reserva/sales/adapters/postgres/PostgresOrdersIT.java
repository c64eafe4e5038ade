package dev.reserva.sales.adapters.postgres;

import dev.reserva.messaging.Transactions;
import dev.reserva.sales.application.Orders;
import dev.reserva.sales.application.OrdersContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresOrdersIT extends OrdersContract {

  @SuppressWarnings("NullAway.Init") // set before any test
  private static SalesDatabase database;

  @BeforeAll
  static void open() {
    database = new SalesDatabase();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @BeforeEach
  void clear() {
    database.clear();
  }

  @Override
  protected Transactions transactions() {
    return database;
  }

  @Override
  protected Orders orders() {
    return new PostgresOrders();
  }
}
