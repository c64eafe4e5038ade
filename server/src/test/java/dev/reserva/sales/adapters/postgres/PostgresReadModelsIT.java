package dev.reserva.sales.adapters.postgres;

import dev.reserva.messaging.Transactions;
import dev.reserva.platform.privacy.TestKeys;
import dev.reserva.sales.application.Customers;
import dev.reserva.sales.application.Products;
import dev.reserva.sales.application.ReadModelsContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresReadModelsIT extends ReadModelsContract {

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
  protected Products products() {
    return new PostgresProducts();
  }

  @Override
  protected Customers customers() {
    return new PostgresCustomers(TestKeys.subjectKeys());
  }
}
