package dev.reserva.logistics.adapters.postgres;

import dev.reserva.ServiceDatabase;
import dev.reserva.logistics.application.ShipmentsContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;

/** The use cases and the port on PostgreSQL, with the invariants counted after each test. */
class PostgresShipmentsIT extends ShipmentsContract {

  private static final ServiceDatabase DATABASE = new ServiceDatabase("logistics");

  PostgresShipmentsIT() {
    super(DATABASE.transactions(), new PostgresShipments());
  }

  @AfterEach
  void the_invariants_hold() {
    Invariants.assertHold(DATABASE.transactions());
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }
}
