package dev.reserva.sales.adapters.postgres;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.sales.application.Orders;
import dev.reserva.sales.application.Scope;
import dev.reserva.sales.domain.Deadlines;
import dev.reserva.sales.domain.Order;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The orders in {@code sales.order} and {@code sales.order_line}. */
public final class PostgresOrders implements Orders {

  static final String COLUMNS =
      """
      select id, number, customer_id, status, reason, total, currency, payment_method, payment_token,
        shipping_address, reservation_id, reservation_status, reservation_expires_at, payment_id,
        payment_status, pay_method, pay_code, pay_by, shipment_id, shipment_status, shipment_open,
        shipment_revision, created_at, updated_at, version, correlation_id, note, held_products,
        held_locations, held_quantities, awaited_products, awaited_quantities, awaited_dates
      """;

  private static final String SELECT = COLUMNS + "from sales.order ";

  static final String LOCK = SELECT + "where id = any(?) order by id for update";

  // The scope is part of the statements, so that another customer's order costs as much work as a
  // missing one and is not locked.
  private static final String LOCK_ONE = SELECT + "where id = ? for update";
  private static final String LOCK_OWN = SELECT + "where id = ? and customer_id = ? for update";

  // The index finds the orders that are under way for longer than the shortest deadline. The
  // deadline of each state then decides.
  static final String LOCK_LATE =
      SELECT
          + """
          where under_way_since <= ?
            and greatest(updated_at, under_way_since) <= case status when 'PENDING' then ?::timestamptz
              when 'PENDING_PAYMENT' then ?::timestamptz else ?::timestamptz end
          order by under_way_since
          limit ?
          for update skip locked
          """;

  // By the same index as LOCK_LATE. Few orders are under way, so that those found are sorted; the
  // planner must not look through all orders in the order of their ids instead.
  static final String LATE =
      """
      with late as materialized (
        select * from sales.order
        where under_way_since <= ?
          and greatest(updated_at, under_way_since) <= case status when 'PENDING' then ?::timestamptz
            when 'PENDING_PAYMENT' then ?::timestamptz else ?::timestamptz end
      )
      """
          + COLUMNS
          + "from late where ?::uuid is null or id < ? order by id desc limit ?";

  static final String FIND_ALL = SELECT + "where id = any(?) order by id desc";

  // The index finds the drafts that are old enough, by the order's id. Drafts that were changed
  // since are left out.
  static final String LOCK_EXPIRED =
      SELECT
          + """
          where settled = 'DRAFT' and id < ? and updated_at <= ?
          order by id
          limit ?
          for update skip locked
          """;

  private static final String LINES_AND_CURRENCY =
      """
      select l.order_id, l.product_id, l.sku, l.name, l.quantity, l.unit_price, l.tax_code, l.tax_rate,
        l.tax, l.tax_included, l.part_ids, l.part_skus, l.part_names, l.part_quantities, o.currency
      from sales.order_line l join sales.order o on o.id = l.order_id
      """;

  static final String LINES =
      LINES_AND_CURRENCY + "where l.order_id = any(?) order by l.order_id, l.line";

  // The orders are looked up first, so that no line of another customer's order is read.
  static final String LINES_OWN =
      LINES_AND_CURRENCY
          + """
          where l.order_id = any(array(
            select id from sales.order where id = any(?) and customer_id = ?))
          order by l.order_id, l.line
          """;

  private static final String FIND = SELECT + "where id = ?";
  private static final String FIND_OWN = SELECT + "where id = ? and customer_id = ?";

  @Override
  public void add(List<New> orders, UnitOfWork tx) {
    OrderSession loaded = OrderSession.of(tx);
    orders.forEach(loaded::make);
  }

  @Override
  public Map<UUID, Order> lock(Collection<UUID> ids, UnitOfWork tx) {
    OrderSession loaded = OrderSession.of(tx);
    var locked = new LinkedHashMap<UUID, Order>();
    List<UUID> unknown = new ArrayList<>();
    for (UUID id : ids) {
      Order known = loaded.get(id);
      if (known == null) {
        unknown.add(id);
      } else {
        locked.put(id, known);
      }
    }
    if (!unknown.isEmpty()) {
      Statements.of(tx)
          .queryAndClock(LOCK, OrderRows::state, (Object) unknown.toArray(UUID[]::new))
          .forEach(row -> locked.put(row.id(), loaded.keep(row)));
    }
    return locked;
  }

  @Override
  public Optional<Order> lock(UUID id, Scope scope, UnitOfWork tx) {
    OrderSession loaded = OrderSession.of(tx);
    Order known = loaded.get(id);
    if (known != null) {
      return Optional.of(known).filter(order -> scope.covers(order.state()));
    }
    UUID customer = scope.customerId();
    List<OrderState> found =
        customer == null
            ? Statements.of(tx).queryAndClock(LOCK_ONE, OrderRows::state, id)
            : Statements.of(tx).queryAndClock(LOCK_OWN, OrderRows::state, id, customer);
    return found.stream().findFirst().map(loaded::keep);
  }

  @Override
  public List<Order> lockExpired(Deadlines deadlines, Instant now, int limit, UnitOfWork tx) {
    OrderSession loaded = OrderSession.of(tx);
    Instant lastChange = now.minus(deadlines.draft());
    return Statements.of(tx)
        .query(
            LOCK_EXPIRED,
            OrderRows::state,
            OrderList.firstIdAt(lastChange.plus(OrderList.SKEW)),
            lastChange,
            limit)
        .stream()
        .map(loaded::keep)
        .toList();
  }

  @Override
  public void rewrite(Order draft, List<OrderLine> lines, UnitOfWork tx) {
    locked(draft, tx).rewrite(draft, lines);
  }

  @Override
  public void remove(Collection<Order> drafts, UnitOfWork tx) {
    for (Order draft : drafts) {
      locked(draft, tx).remove(draft.id());
    }
  }

  private static OrderSession locked(Order order, UnitOfWork tx) {
    OrderSession loaded = OrderSession.of(tx);
    if (loaded.get(order.id()) == null) {
      throw new IllegalArgumentException(
          "order %s was neither locked nor added here".formatted(order.id()));
    }
    return loaded;
  }

  @Override
  public List<Order> lockLate(Deadlines deadlines, Instant now, int limit, UnitOfWork tx) {
    OrderSession loaded = OrderSession.of(tx);
    return Statements.of(tx)
        .query(
            LOCK_LATE,
            OrderRows::state,
            now.minus(deadlines.shortest()),
            now.minus(deadlines.pending()),
            now.minus(deadlines.pendingPayment()),
            now.minus(deadlines.paid()),
            limit)
        .stream()
        .map(loaded::keep)
        .toList();
  }

  @Override
  public List<OrderState> late(
      Deadlines deadlines, Instant now, @Nullable UUID before, int limit, UnitOfWork tx) {
    OrderSession.of(tx).flush();
    return Statements.of(tx)
        .query(
            LATE,
            OrderRows::state,
            now.minus(deadlines.shortest()),
            now.minus(deadlines.pending()),
            now.minus(deadlines.pendingPayment()),
            now.minus(deadlines.paid()),
            before,
            before,
            limit);
  }

  @Override
  public List<OrderState> find(Collection<UUID> ids, UnitOfWork tx) {
    OrderSession.of(tx).flush();
    return Statements.of(tx).query(FIND_ALL, OrderRows::state, (Object) ids.toArray(UUID[]::new));
  }

  /** The session writes them at the end of the transaction. */
  @Override
  public void save(Collection<Order> orders, UnitOfWork tx) {
    orders.forEach(order -> locked(order, tx));
  }

  @Override
  public Supplier<Map<UUID, List<OrderLine>>> lines(
      Collection<UUID> ids, Scope scope, UnitOfWork tx) {
    OrderSession loaded = OrderSession.of(tx);
    UUID[] unknown = ids.stream().filter(id -> loaded.linesOf(id) == null).toArray(UUID[]::new);
    Supplier<List<Map.Entry<UUID, OrderLine>>> asked =
        unknown.length == 0 ? List::of : askLines(unknown, scope, tx);
    return () -> {
      asked.get().stream()
          .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())))
          .forEach(loaded::keepLines);
      var lines = new HashMap<UUID, List<OrderLine>>();
      for (UUID id : ids) {
        List<OrderLine> known = loaded.linesOf(id);
        if (known != null) {
          lines.put(id, known);
        }
      }
      return lines;
    };
  }

  private static Supplier<List<Map.Entry<UUID, OrderLine>>> askLines(
      UUID[] ids, Scope scope, UnitOfWork tx) {
    UUID customer = scope.customerId();
    return customer == null
        ? Statements.of(tx).ask(LINES, PostgresOrders::line, (Object) ids)
        : Statements.of(tx).ask(LINES_OWN, PostgresOrders::line, ids, customer);
  }

  private static Map.Entry<UUID, OrderLine> line(ResultSet row) throws SQLException {
    return Map.entry(Rows.uuid(row, "order_id"), OrderRows.line(row));
  }

  @Override
  public Map<UUID, Unpaid> unpaid(
      Collection<UUID> customers,
      Collection<UUID> products,
      Instant since,
      int mostGivenUp,
      UnitOfWork tx) {
    OrderSession.of(tx).flush();
    return UnpaidOrders.of(customers, products, since, mostGivenUp, tx);
  }

  @Override
  public void markSubmittedByCustomer(Order draft, UnitOfWork tx) {
    OrderSession _ = locked(draft, tx);
    OrderWrites.markByCustomer(draft.id(), tx);
  }

  @Override
  public Optional<OrderState> find(UUID id, Scope scope, UnitOfWork tx) {
    OrderSession.of(tx).flush();
    UUID customer = scope.customerId();
    List<OrderState> found =
        customer == null
            ? Statements.of(tx).query(FIND, OrderRows::state, id)
            : Statements.of(tx).query(FIND_OWN, OrderRows::state, id, customer);
    return found.stream().findFirst();
  }

  @Override
  public Listed list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
    OrderSession.of(tx).flush();
    return new OrderList(filter, before).read(limit, tx);
  }
}
