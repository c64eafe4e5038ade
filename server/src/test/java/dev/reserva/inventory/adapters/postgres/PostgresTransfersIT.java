package dev.reserva.inventory.adapters.postgres;

import dev.reserva.inventory.application.TransfersContract;
import org.junit.jupiter.api.AfterEach;

/** Transfers on PostgreSQL, with the invariants counted after each test. */
class PostgresTransfersIT extends TransfersContract {

  private static final InventoryDatabase DATABASE = InventoryDatabase.fresh();

  PostgresTransfersIT() {
    super(DATABASE);
  }

  @AfterEach
  void the_invariants_hold() {
    Invariants.assertHold(DATABASE);
  }
}
