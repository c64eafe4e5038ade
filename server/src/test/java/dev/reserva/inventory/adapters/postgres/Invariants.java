package dev.reserva.inventory.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.platform.integrity.IntegrityCheck;
import java.util.List;

/** All of inventory's integrity checks. */
final class Invariants {

  static final List<IntegrityCheck> ALL =
      List.of(
          PostgresIntegrity.stockEqualsLedger(),
          PostgresIntegrity.reservedEqualsOpenReservations(),
          PostgresIntegrity.reservedWithinStock(),
          PostgresIntegrity.reservationsEndOnce(),
          PostgresIntegrity.goodsLeaveWhereTheyAreHeld(),
          PostgresIntegrity.transfersBalance(),
          PostgresIntegrity.awaitedEqualsWaitingOrders());

  private Invariants() {}

  /** What all checks find. */
  static List<String> violations(InventoryDatabase database) {
    return ALL.stream()
        .flatMap(check -> database.transactions().snapshot(check.run()::on).violations().stream())
        .toList();
  }

  static void assertHold(InventoryDatabase database) {
    for (IntegrityCheck check : ALL) {
      var result = database.transactions().snapshot(check.run()::on);
      assertThat(result.violations()).as(check.name()).isEmpty();
      assertThat(result.violated()).as(check.name()).isZero();
    }
  }
}
