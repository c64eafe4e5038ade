package dev.reserva.inventory.adapters.postgres;

import dev.reserva.inventory.application.LedgerEntries;
import dev.reserva.inventory.domain.LedgerEntry;
import dev.reserva.inventory.domain.LedgerKind;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Reads {@code inventory.ledger}.
 *
 * <p>The table's indexes lead to blocks of rows that may contain the product, or the order. They do
 * not sort, so the ledger of a product is searched in ranges of ids, the newest first, each twice
 * as large as the one before.
 */
public final class PostgresLedgerEntries implements LedgerEntries {

  /** Entries of 2,500 orders with two lines. */
  private static final long FIRST_RANGE = 10_000;

  /** An identity's sequence has no value before the first row. */
  static final String END =
      "select coalesce(pg_sequence_last_value('inventory.ledger_id_seq'::regclass), 0) + 1 as end";

  static final String OF_PRODUCT =
      """
      select id, location, kind, physical_change, reserved_change, order_id, reason, actor, at
      from inventory.ledger
      where product_id = ? and id >= ? and id < ?
      order by id desc
      limit ?
      """;

  static final String OF_ORDER =
      """
      select id, product_id, location, kind, physical_change, reserved_change, order_id, reason, actor,
        at
      from inventory.ledger
      where order_id = ?
      order by id
      limit ?
      """;

  @Override
  public List<Numbered> of(UUID productId, long before, int limit, UnitOfWork tx) {
    Statements statements = Statements.of(tx);
    long to = Math.min(before, statements.query(END, row -> row.getLong("end")).getFirst());
    List<Numbered> found = new ArrayList<>();
    for (long range = FIRST_RANGE; to > 1 && found.size() < limit; range *= 2) {
      long from = Math.max(1, to - range);
      found.addAll(
          statements.query(
              OF_PRODUCT,
              row -> numbered(productId, row),
              productId,
              from,
              to,
              limit - found.size()));
      to = from;
    }
    return found;
  }

  @Override
  public List<Numbered> ofOrder(UUID orderId, int limit, UnitOfWork tx) {
    return Statements.of(tx)
        .query(OF_ORDER, row -> numbered(Rows.uuid(row, "product_id"), row), orderId, limit);
  }

  private static Numbered numbered(UUID productId, ResultSet row) throws SQLException {
    return new Numbered(
        row.getLong("id"),
        Rows.instant(row, "at"),
        new LedgerEntry(
            productId,
            LocationCode.of(row.getString("location")),
            LedgerKind.parse(row.getString("kind")),
            row.getInt("physical_change"),
            row.getInt("reserved_change"),
            Rows.uuidOrNull(row, "order_id"),
            row.getString("reason"),
            row.getString("actor")));
  }
}
