package dev.reserva.financial.adapters.postgres;

import dev.reserva.contracts.Money;
import dev.reserva.financial.application.OrderNotes;
import dev.reserva.messaging.UnitOfWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code financial.order_notes}. */
public final class PostgresOrderNotes implements OrderNotes {

  private static final String LOCK =
      """
      select order_id, customer_id, amount, currency
      from financial.order_notes
      where order_id = any (?)
      order by order_id
      for update
      """;

  private static final String HAS =
      "select exists (select from financial.order_notes where order_id = ?)";

  private static final String PUT =
      """
      insert into financial.order_notes (order_id, customer_id, amount, currency)
      select * from unnest(?::uuid[], ?::uuid[], ?::numeric[], ?::text[])
      on conflict (order_id) do update
      set customer_id = excluded.customer_id,
          amount = excluded.amount,
          currency = excluded.currency
      """;

  private static final String REMOVE = "delete from financial.order_notes where order_id = ?";

  @Override
  public Map<UUID, Note> lock(Collection<UUID> orderIds, UnitOfWork tx) {
    Connection connection = tx.resource(Connection.class);
    try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
      new Parameters(connection, statement).ids(orderIds);
      Map<UUID, Note> notes = new HashMap<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Note note = note(row);
          notes.put(note.orderId(), note);
        }
      }
      return notes;
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  @Override
  public boolean has(UUID orderId, UnitOfWork tx) {
    Connection connection = tx.resource(Connection.class);
    try (PreparedStatement statement = connection.prepareStatement(HAS)) {
      new Parameters(connection, statement).value(orderId);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  @Override
  public void put(Collection<Note> notes, UnitOfWork tx) {
    if (notes.isEmpty()) {
      return;
    }
    List<Row> rows = notes.stream().map(PostgresOrderNotes::row).toList();
    Connection connection = tx.resource(Connection.class);
    try (PreparedStatement statement = connection.prepareStatement(PUT)) {
      new Parameters(connection, statement)
          .array("uuid", rows, Row::orderId)
          .array("uuid", rows, Row::customerId)
          .array("numeric", rows, row -> row.amount() == null ? null : row.amount().amount())
          .array("text", rows, row -> row.amount() == null ? null : row.amount().currency());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  @Override
  public void remove(UUID orderId, UnitOfWork tx) {
    Connection connection = tx.resource(Connection.class);
    try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
      new Parameters(connection, statement).value(orderId);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  private record Row(UUID orderId, @Nullable UUID customerId, @Nullable Money amount) {}

  private static Row row(Note note) {
    return switch (note) {
      case Awaiting(var orderId, var customerId, var amount) ->
          new Row(orderId, customerId, amount);
      case Dead(var orderId) -> new Row(orderId, null, null);
    };
  }

  private static Note note(ResultSet row) throws SQLException {
    UUID orderId = row.getObject("order_id", UUID.class);
    UUID customerId = row.getObject("customer_id", UUID.class);
    return customerId == null
        ? new Dead(orderId)
        : new Awaiting(
            orderId, customerId, new Money(row.getBigDecimal("amount"), row.getString("currency")));
  }
}
