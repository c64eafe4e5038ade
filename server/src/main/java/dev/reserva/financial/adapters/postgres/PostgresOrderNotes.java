package dev.reserva.financial.adapters.postgres;

import dev.reserva.contracts.Money;
import dev.reserva.financial.application.OrderNotes;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table {@code financial.order_notes}. */
public final class PostgresOrderNotes implements OrderNotes {

  private static final String SELECT =
      """
      select order_id, customer_id, amount, currency
      from financial.order_notes
      """;

  private static final String LOCK =
      SELECT + "where order_id = any (?) order by order_id for update";

  private static final String FIND = SELECT + "where order_id = ?";

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
  public Supplier<Map<UUID, Note>> lock(Collection<UUID> orderIds, UnitOfWork tx) {
    Supplier<List<Note>> asked =
        Statements.of(tx)
            .ask(LOCK, PostgresOrderNotes::note, (Object) orderIds.toArray(UUID[]::new));
    return () -> asked.get().stream().collect(Collectors.toMap(Note::orderId, Function.identity()));
  }

  @Override
  public Optional<Note> find(UUID orderId, UnitOfWork tx) {
    return Statements.of(tx).query(FIND, PostgresOrderNotes::note, orderId).stream().findFirst();
  }

  @Override
  public void put(Collection<Note> notes, UnitOfWork tx) {
    if (notes.isEmpty()) {
      return;
    }
    List<Row> rows = notes.stream().map(PostgresOrderNotes::row).toList();
    Statements.of(tx)
        .write(
            PUT,
            Columns.uuids(rows, Row::orderId),
            Columns.uuids(rows, Row::customerId),
            Columns.numbers(rows, row -> row.amount() == null ? null : row.amount().amount()),
            Columns.texts(rows, row -> row.amount() == null ? null : row.amount().currency()));
  }

  @Override
  public void remove(UUID orderId, UnitOfWork tx) {
    Statements.of(tx).write(REMOVE, orderId);
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
    UUID orderId = Rows.uuid(row, "order_id");
    UUID customerId = Rows.uuidOrNull(row, "customer_id");
    return customerId == null
        ? new Dead(orderId)
        : new Awaiting(
            orderId, customerId, new Money(row.getBigDecimal("amount"), row.getString("currency")));
  }
}
