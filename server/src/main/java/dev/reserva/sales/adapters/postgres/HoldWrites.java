package dev.reserva.sales.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.sales.domain.AwaitedUnits;
import dev.reserva.sales.domain.HeldUnits;
import dev.reserva.sales.domain.OrderState;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes which stock is held for orders, and what they wait for, where that is out of the ordinary:
 * the statements that write all orders leave it out.
 */
final class HoldWrites {

  private static final String HELD =
      """
      update sales.order o
      set held_products = n.products::uuid[], held_locations = n.locations::text[],
        held_quantities = n.quantities::int[]
      from unnest(?, ?, ?, ?) as n (id, products, locations, quantities)
      where o.id = n.id
      """;

  private static final String AWAITED =
      """
      update sales.order o
      set awaited_products = n.products::uuid[], awaited_quantities = n.quantities::int[],
        awaited_dates = n.dates::timestamptz[],
        under_way_since = case when o.under_way_since is not null
          then coalesce(n.waits_until, o.updated_at) end
      from unnest(?, ?, ?, ?, ?) as n (id, products, quantities, dates, waits_until)
      where o.id = n.id
      """;

  private HoldWrites() {}

  /**
   * Writes which locations hold the stock of orders. Most orders are held at the default location,
   * so the statement of all orders leaves this out.
   *
   * @param rows orders with a reservation
   */
  static void held(List<OrderState> rows, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            HELD,
            Columns.uuids(rows, OrderState::id),
            Columns.texts(rows, held(HeldUnits::productId)),
            Columns.texts(rows, held(HeldUnits::location)),
            Columns.texts(rows, held(HeldUnits::quantity)));
  }

  private static Function<OrderState, @Nullable String> held(Function<HeldUnits, ?> column) {
    return OrderWrites.known(OrderState::reservation, hold -> Columns.literal(hold.held(), column));
  }

  /**
   * Writes what orders wait for. Most wait for nothing, so the statement of all orders leaves this
   * out.
   *
   * @param rows orders with a reservation
   */
  static void awaited(List<OrderState> rows, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            AWAITED,
            Columns.uuids(rows, OrderState::id),
            Columns.texts(rows, awaited(AwaitedUnits::productId)),
            Columns.texts(rows, awaited(AwaitedUnits::quantity)),
            Columns.texts(rows, awaited(AwaitedUnits::expectedAt)),
            Columns.instants(rows, OrderState::waitsUntil));
  }

  private static Function<OrderState, @Nullable String> awaited(
      Function<AwaitedUnits, @Nullable Object> column) {
    return OrderWrites.known(
        OrderState::reservation,
        hold -> hold.awaited().isEmpty() ? null : Columns.literal(hold.awaited(), column));
  }
}
