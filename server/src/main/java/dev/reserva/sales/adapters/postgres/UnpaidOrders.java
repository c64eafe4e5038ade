package dev.reserva.sales.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.sales.application.Orders.Unpaid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Counts what the own logins of customers hold without having paid. Three statements in one round
 * trip, each by an index that has only such orders.
 */
final class UnpaidOrders {

  private static final String HELD =
      """
      where o.customer_id = any(?) and o.by_customer and o.under_way_since is not null
        and o.status in ('PENDING', 'PENDING_PAYMENT')
      """;

  static final String COUNT =
      "select o.customer_id, count(*)::integer as orders from sales.order o "
          + HELD
          + "group by o.customer_id";

  // The lines of each order are found by its id, never by a scan of all lines.
  static final String UNITS =
      """
      select o.customer_id, l.product_id, sum(l.quantity) as units
      from sales.order o
      cross join lateral (
        select product_id, quantity from sales.order_line
        where order_id = o.id and product_id = any(?) offset 0) l
      """
          + HELD
          + "group by o.customer_id, l.product_id";

  // The reasons are those of CancellationReason.isGivingUp, and of the index order_given_up.
  static final String GIVEN_UP =
      """
      select c.id as customer_id, g.created_at
      from unnest(?) as c (id)
      cross join lateral (
        select o.created_at from sales.order o
        where o.customer_id = c.id and o.by_customer
          and o.reason in ('payment_failed', 'reservation_expired', 'customer_request', 'deadline_exceeded')
          and o.id >= ? and o.created_at > ?
        order by o.id desc
        limit ?) g
      """;

  private record Count(UUID customer, int orders) {}

  private record Units(UUID customer, UUID product, long units) {}

  private record GivenUp(UUID customer, Instant placedAt) {}

  private UnpaidOrders() {}

  static Map<UUID, Unpaid> of(
      Collection<UUID> customers,
      Collection<UUID> products,
      Instant since,
      int mostGivenUp,
      UnitOfWork tx) {
    UUID[] ids = customers.toArray(UUID[]::new);
    Statements statements = Statements.of(tx);
    Supplier<List<Count>> counted =
        statements.ask(
            COUNT,
            row -> new Count(Rows.uuid(row, "customer_id"), row.getInt("orders")),
            (Object) ids);
    Supplier<List<Units>> held =
        statements.ask(
            UNITS,
            row ->
                new Units(
                    Rows.uuid(row, "customer_id"),
                    Rows.uuid(row, "product_id"),
                    row.getLong("units")),
            products.toArray(UUID[]::new),
            ids);
    Supplier<List<GivenUp>> givenUp =
        statements.ask(
            GIVEN_UP,
            row -> new GivenUp(Rows.uuid(row, "customer_id"), Rows.instant(row, "created_at")),
            ids,
            OrderList.firstIdAt(since.minus(OrderList.SKEW)),
            since,
            mostGivenUp);

    Map<UUID, Integer> orders = new HashMap<>();
    Map<UUID, Map<UUID, Long>> units = new HashMap<>();
    Map<UUID, List<Instant>> times = new HashMap<>();
    counted.get().forEach(row -> orders.put(row.customer(), row.orders()));
    held.get()
        .forEach(row ->
            units
                .computeIfAbsent(row.customer(), _ -> new HashMap<>())
                .put(row.product(), row.units()));
    givenUp
        .get()
        .forEach(row ->
            times.computeIfAbsent(row.customer(), _ -> new ArrayList<>()).add(row.placedAt()));
    Map<UUID, Unpaid> unpaid = new HashMap<>();
    for (UUID customer : customers) {
      unpaid.put(
          customer,
          new Unpaid(
              orders.getOrDefault(customer, 0),
              units.getOrDefault(customer, Map.of()),
              times.getOrDefault(customer, List.of())));
    }
    return unpaid;
  }
}
