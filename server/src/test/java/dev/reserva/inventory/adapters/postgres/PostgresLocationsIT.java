package dev.reserva.inventory.adapters.postgres;

import dev.reserva.inventory.application.LocationsContract;
import org.junit.jupiter.api.AfterEach;

/** Locations on PostgreSQL, with the invariants counted after each test. */
class PostgresLocationsIT extends LocationsContract {

  private static final InventoryDatabase DATABASE = InventoryDatabase.fresh();

  PostgresLocationsIT() {
    super(DATABASE);
  }

  @AfterEach
  void the_invariants_hold() {
    Invariants.assertHold(DATABASE);
  }
}
