package dev.reserva.inventory.adapters.postgres;

import dev.reserva.inventory.application.Returns;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.Return;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Table {@code inventory.return}. */
public final class PostgresReturns implements Returns {

  private static final String OF_ORDERS =
      """
      select id, order_id, product_ids, quantities, restocked, location
      from inventory.return
      where order_id = any (?)
      order by order_id, id
      """;

  private static final String ADD =
      """
      insert into inventory.return (id, order_id, product_ids, quantities, restocked, location, at)
      select id, order_id, product_ids::uuid[], quantities::int[], restocked, location, ?
      from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::bool[], ?::text[])
        as r (id, order_id, product_ids, quantities, restocked, location)
      """;

  @Override
  public List<Return> ofOrders(Collection<UUID> orderIds, UnitOfWork tx) {
    return Statements.of(tx)
        .query(OF_ORDERS, PostgresReturns::goods, (Object) orderIds.toArray(UUID[]::new));
  }

  @Override
  public void add(List<Return> returns, Instant at, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            ADD,
            at,
            Columns.uuids(returns, Return::id),
            Columns.uuids(returns, Return::orderId),
            Columns.texts(returns, it -> Columns.literal(it.lines(), Line::productId)),
            Columns.texts(returns, it -> Columns.literal(it.lines(), Line::quantity)),
            Columns.booleans(returns, Return::restock),
            Columns.texts(returns, goods -> goods.location().value()));
  }

  private static Return goods(ResultSet row) throws SQLException {
    UUID[] products = (UUID[]) row.getArray("product_ids").getArray();
    Integer[] quantities = (Integer[]) row.getArray("quantities").getArray();
    List<Line> lines = new ArrayList<>(products.length);
    for (int i = 0; i < products.length; i++) {
      lines.add(new Line(products[i], quantities[i]));
    }
    return new Return(
        Rows.uuid(row, "id"),
        Rows.uuid(row, "order_id"),
        lines,
        row.getBoolean("restocked"),
        LocationCode.of(row.getString("location")));
  }
}
