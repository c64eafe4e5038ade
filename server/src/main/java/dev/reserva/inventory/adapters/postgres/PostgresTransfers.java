package dev.reserva.inventory.adapters.postgres;

import dev.reserva.inventory.application.Transfers;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.Transfer;
import dev.reserva.inventory.domain.TransferStatus;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Conditions;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Table {@code inventory.transfer}. */
public final class PostgresTransfers implements Transfers {

  private static final String COLUMNS =
      """
      select id, product_id, quantity, from_location, to_location, status, reason, created_at, ended_at
      from inventory.transfer
      """;

  private static final String ADD =
      """
      insert into inventory.transfer
        (id, product_id, quantity, from_location, to_location, status, reason, created_at)
      values (?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String FIND = COLUMNS + "where id = ?\n";

  private static final String LOCK = FIND + "for update";

  private static final String END =
      "update inventory.transfer set status = ?, ended_at = ? where id = ?";

  @Override
  public void add(Transfer transfer, UnitOfWork tx) {
    Statements.of(tx)
        .update(
            ADD,
            transfer.id(),
            transfer.productId(),
            transfer.quantity(),
            transfer.from().value(),
            transfer.to().value(),
            transfer.status().name(),
            transfer.reason(),
            transfer.createdAt());
  }

  @Override
  public Optional<Transfer> lock(UUID id, UnitOfWork tx) {
    return Statements.of(tx).query(LOCK, PostgresTransfers::transfer, id).stream().findFirst();
  }

  @Override
  public void end(Transfer transfer, UnitOfWork tx) {
    Statements.of(tx).update(END, transfer.status().name(), transfer.endedAt(), transfer.id());
  }

  @Override
  public Optional<Transfer> find(UUID id, UnitOfWork tx) {
    return Statements.of(tx).query(FIND, PostgresTransfers::transfer, id).stream().findFirst();
  }

  @Override
  public List<Transfer> list(
      @Nullable TransferStatus status,
      @Nullable UUID productId,
      @Nullable UUID before,
      int limit,
      UnitOfWork tx) {
    Conditions conditions =
        new Conditions().andIfPresent("product_id = ?", productId).andIfPresent("id < ?", before);
    if (status != null) {
      conditions.and("status = '" + status.name() + "'"); // spelt out, as in the partial index
    }
    return Statements.of(tx)
        .query(
            COLUMNS + conditions.where() + "order by id desc limit ?",
            PostgresTransfers::transfer,
            conditions.values(limit));
  }

  private static Transfer transfer(ResultSet row) throws SQLException {
    return new Transfer(
        Rows.uuid(row, "id"),
        Rows.uuid(row, "product_id"),
        row.getInt("quantity"),
        LocationCode.of(row.getString("from_location")),
        LocationCode.of(row.getString("to_location")),
        TransferStatus.valueOf(row.getString("status")),
        row.getString("reason"),
        Rows.instant(row, "created_at"),
        Rows.instantOrNull(row, "ended_at"));
  }
}
