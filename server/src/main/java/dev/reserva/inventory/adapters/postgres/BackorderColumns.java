package dev.reserva.inventory.adapters.postgres;

import dev.reserva.inventory.domain.Backorder;
import dev.reserva.messaging.sql.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The columns of {@code inventory.product} that say whether orders may wait for stock. */
final class BackorderColumns {

  private BackorderColumns() {}

  static Backorder read(ResultSet row) throws SQLException {
    String policy = row.getString("backorder_policy");
    return policy == null
        ? Backorder.DENIED
        : new Backorder(
            Backorder.Policy.ofWire(policy),
            row.getObject("backorder_limit", Integer.class),
            Rows.instantOrNull(row, "backorder_expected_at"));
  }
}
