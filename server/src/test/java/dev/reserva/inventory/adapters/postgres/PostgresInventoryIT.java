package dev.reserva.inventory.adapters.postgres;

import dev.reserva.inventory.application.InventoryContract;
import org.junit.jupiter.api.AfterEach;

/** The use cases and ports on PostgreSQL, with the invariants counted after each test. */
class PostgresInventoryIT extends InventoryContract {

  private static final InventoryDatabase DATABASE = InventoryDatabase.fresh();

  PostgresInventoryIT() {
    super(DATABASE);
  }

  @AfterEach
  void the_invariants_hold() {
    Invariants.assertHold(DATABASE);
  }
}
