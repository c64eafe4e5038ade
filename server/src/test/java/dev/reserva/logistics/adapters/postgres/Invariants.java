package dev.reserva.logistics.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Transactions;
import dev.reserva.platform.integrity.IntegrityCheck;
import java.util.List;

/** All integrity checks of logistics. */
final class Invariants {

  static final List<IntegrityCheck> ALL =
      List.of(ShipmentIntegrity.shippedEqualsOrdered(), ShipmentIntegrity.cancelledShipsNothing());

  private Invariants() {}

  static void assertHold(Transactions transactions) {
    for (IntegrityCheck check : ALL) {
      assertThat(transactions.snapshot(check.run()::on).violations()).as(check.name()).isEmpty();
    }
  }
}
