package dev.reserva.sales.adapters.postgres;

import dev.reserva.contracts.Money;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.UnitOfWork.Session;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.sales.application.Orders;
import dev.reserva.sales.domain.CancellationReason;
import dev.reserva.sales.domain.Deadlines;
import dev.reserva.sales.domain.Order;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderState;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.Payment;
import dev.reserva.sales.domain.PaymentChoice;
import dev.reserva.sales.domain.PaymentMethod;
import dev.reserva.sales.domain.Quantity;
import dev.reserva.sales.domain.Reservation;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The orders in {@code sales.order} and {@code sales.order_line}. */
public final class PostgresOrders implements Orders {

  private static final String COLUMNS =
      """
      select id, customer_id, status, reason, total, currency, payment_method, payment_token,
        shipping_address, reservation_id, reservation_status, reservation_expires_at, payment_id,
        payment_status, created_at, updated_at, version, correlation_id
      from sales.order
      """;

  static final String ADD =
      """
      insert into sales.order (id, customer_id, status, reason, total, currency, payment_method,
        payment_token, shipping_address, reservation_id, reservation_status, reservation_expires_at,
        payment_id, payment_status, created_at, updated_at, under_way_since, version, correlation_id,
        request_key)
      select id, customer_id, status, reason, total, currency, payment_method, payment_token,
        shipping_address, reservation_id, reservation_status, reservation_expires_at, payment_id,
        payment_status, created_at, updated_at,
        case when status in ('PENDING', 'PENDING_PAYMENT', 'PAID') then created_at end, version,
        correlation_id, request_key
      from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as n (id, customer_id, status,
        reason, total, currency, payment_method, payment_token, shipping_address, reservation_id,
        reservation_status, reservation_expires_at, payment_id, payment_status, created_at, updated_at,
        version, correlation_id, request_key)
      """;

  static final String ADD_LINES =
      """
      insert into sales.order_line (order_id, line, product_id, sku, name, quantity, unit_price)
      select * from unnest(?, ?, ?, ?, ?, ?, ?)
      """;

  static final String LOCK = COLUMNS + "where id = any(?) order by id for update";

  // The index narrows to what is under way for longer than the shortest deadline; the few that are
  // left are
  // judged by their own.
  static final String LOCK_LATE =
      COLUMNS
          + """
          where under_way_since <= ?
            and updated_at <= case status when 'PENDING' then ?::timestamptz
              when 'PENDING_PAYMENT' then ?::timestamptz else ?::timestamptz end
          order by under_way_since
          limit ?
          for update skip locked
          """;

  static final String SAVE =
      """
      update sales.order o
      set status = n.status, reason = n.reason, reservation_id = n.reservation_id,
        reservation_status = n.reservation_status, reservation_expires_at = n.reservation_expires_at,
        payment_id = n.payment_id, payment_status = n.payment_status, updated_at = n.updated_at,
        under_way_since = case when n.status in ('PENDING', 'PENDING_PAYMENT', 'PAID')
          then coalesce(o.under_way_since, n.updated_at) end,
        version = n.version
      from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as n (id, status, reason, reservation_id,
        reservation_status, reservation_expires_at, payment_id, payment_status, updated_at, version)
      where o.id = n.id and o.id = any(?)
      """;

  static final String LINES =
      """
      select l.order_id, l.product_id, l.sku, l.name, l.quantity, l.unit_price, o.currency
      from sales.order_line l join sales.order o on o.id = l.order_id
      where l.order_id = any(?)
      order by l.order_id, l.line
      """;

  private static final String FIND = COLUMNS + "where id = ?";

  /**
   * How far an order's id, made by the server, and its creation, stamped by the database, may lie
   * apart: commands wait in a queue in between, and clocks differ.
   */
  private static final Duration SKEW = Duration.ofMinutes(10);

  /**
   * The orders that a transaction has locked or made: each is one object however often it is asked
   * for, and is written once.
   */
  private static final class Loaded implements Session {

    private final UnitOfWork tx;
    private final Map<UUID, Order> orders = new LinkedHashMap<>();

    /** Orders made by this transaction that are not written yet. */
    private final Map<UUID, New> born = new LinkedHashMap<>();

    /** The lines of those made by this transaction. */
    private final Map<UUID, List<OrderLine>> lines = new HashMap<>();

    /** As the rows are. */
    private final Map<UUID, OrderState> written = new HashMap<>();

    Loaded(UnitOfWork tx) {
      this.tx = tx;
    }

    static Loaded of(UnitOfWork tx) {
      return tx.session(Loaded.class, () -> new Loaded(tx));
    }

    Order keep(OrderState row) {
      return orders.computeIfAbsent(
          row.id(),
          id -> {
            written.put(id, row);
            return Order.of(row);
          });
    }

    @Override
    public void flush() {
      if (!born.isEmpty()) {
        insert(List.copyOf(born.values()), tx);
        born.values().forEach(made -> written.put(made.order().id(), made.order().state()));
        born.clear();
      }
      List<OrderState> changed = new ArrayList<>();
      orders.forEach((id, order) -> {
        if (!order.state().equals(written.get(id))) {
          changed.add(order.state());
          written.put(id, order.state());
        }
      });
      if (!changed.isEmpty()) {
        update(changed, tx);
      }
    }
  }

  @Override
  public void add(List<New> orders, UnitOfWork tx) {
    Loaded loaded = Loaded.of(tx);
    for (New made : orders) {
      UUID id = made.order().id();
      loaded.orders.put(id, made.order());
      loaded.born.put(id, made);
      loaded.lines.put(id, made.lines());
    }
  }

  private static void insert(List<New> orders, UnitOfWork tx) {
    insertOrders(orders, tx);
    insertLines(orders, tx);
  }

  private static void insertOrders(List<New> orders, UnitOfWork tx) {
    List<OrderState> rows = orders.stream().map(added -> added.order().state()).toList();
    Statements.of(tx)
        .write(
            ADD,
            Columns.uuids(rows, OrderState::id),
            Columns.uuids(rows, OrderState::customerId),
            Columns.texts(rows, order -> order.status().name()),
            Columns.texts(rows, PostgresOrders::reason),
            Columns.numbers(rows, order -> order.total().amount()),
            Columns.texts(rows, order -> order.total().currency()),
            Columns.texts(rows, PostgresOrders::method),
            Columns.texts(rows, PostgresOrders::token),
            Columns.texts(rows, OrderState::shippingAddress),
            Columns.uuids(rows, known(OrderState::reservation, Reservation::id)),
            Columns.texts(rows, known(OrderState::reservation, hold -> hold.status().name())),
            Columns.instants(rows, known(OrderState::reservation, Reservation::expiresAt)),
            Columns.uuids(rows, known(OrderState::payment, Payment::id)),
            Columns.texts(rows, known(OrderState::payment, payment -> payment.status().name())),
            Columns.instants(rows, OrderState::createdAt),
            Columns.instants(rows, OrderState::updatedAt),
            Columns.integers(rows, OrderState::version),
            Columns.texts(rows, OrderState::correlationId),
            Columns.uuids(orders, New::requestKey));
  }

  private record Line(UUID orderId, int number, OrderLine line) {}

  private static void insertLines(List<New> orders, UnitOfWork tx) {
    var rows = new ArrayList<Line>();
    for (New added : orders) {
      int number = 0;
      for (OrderLine line : added.lines()) {
        rows.add(new Line(added.order().id(), ++number, line));
      }
    }
    Statements.of(tx)
        .write(
            ADD_LINES,
            Columns.uuids(rows, Line::orderId),
            Columns.integers(rows, Line::number),
            Columns.uuids(rows, row -> row.line().productId()),
            Columns.texts(rows, row -> row.line().sku()),
            Columns.texts(rows, row -> row.line().name()),
            Columns.integers(rows, row -> row.line().quantity().value()),
            Columns.numbers(rows, row -> row.line().unitPrice().amount()));
  }

  @Override
  public Map<UUID, Order> lock(Collection<UUID> ids, UnitOfWork tx) {
    Loaded loaded = Loaded.of(tx);
    var locked = new LinkedHashMap<UUID, Order>();
    List<UUID> unknown = new ArrayList<>();
    for (UUID id : ids) {
      Order known = loaded.orders.get(id);
      if (known == null) {
        unknown.add(id);
      } else {
        locked.put(id, known);
      }
    }
    if (!unknown.isEmpty()) {
      Statements.of(tx)
          .queryAndClock(LOCK, PostgresOrders::state, (Object) unknown.toArray(UUID[]::new))
          .forEach(row -> locked.put(row.id(), loaded.keep(row)));
    }
    return locked;
  }

  @Override
  public List<Order> lockLate(Deadlines deadlines, Instant now, int limit, UnitOfWork tx) {
    Loaded loaded = Loaded.of(tx);
    return Statements.of(tx)
        .query(
            LOCK_LATE,
            PostgresOrders::state,
            now.minus(deadlines.shortest()),
            now.minus(deadlines.pending()),
            now.minus(deadlines.pendingPayment()),
            now.minus(deadlines.paid()),
            limit)
        .stream()
        .map(loaded::keep)
        .toList();
  }

  /** Their session writes them at the transaction's end. */
  @Override
  public void save(Collection<Order> orders, UnitOfWork tx) {
    Loaded loaded = Loaded.of(tx);
    for (Order order : orders) {
      if (!loaded.orders.containsKey(order.id())) {
        throw new IllegalArgumentException(
            "order %s was neither locked nor added here".formatted(order.id()));
      }
    }
  }

  private static void update(List<OrderState> rows, UnitOfWork tx) {
    @Nullable UUID[] ids = Columns.uuids(rows, OrderState::id);
    Statements.of(tx)
        .write(
            written -> {
              if (written != rows.size()) {
                throw new IllegalStateException(
                    "of %d locked orders %d could be written".formatted(rows.size(), written));
              }
            },
            SAVE,
            ids,
            Columns.texts(rows, order -> order.status().name()),
            Columns.texts(rows, PostgresOrders::reason),
            Columns.uuids(rows, known(OrderState::reservation, Reservation::id)),
            Columns.texts(rows, known(OrderState::reservation, hold -> hold.status().name())),
            Columns.instants(rows, known(OrderState::reservation, Reservation::expiresAt)),
            Columns.uuids(rows, known(OrderState::payment, Payment::id)),
            Columns.texts(rows, known(OrderState::payment, payment -> payment.status().name())),
            Columns.instants(rows, OrderState::updatedAt),
            Columns.integers(rows, OrderState::version),
            ids);
  }

  @Override
  public Map<UUID, List<OrderLine>> lines(Collection<UUID> ids, UnitOfWork tx) {
    Loaded loaded = Loaded.of(tx);
    var lines = new HashMap<UUID, List<OrderLine>>();
    List<UUID> unknown = new ArrayList<>();
    for (UUID id : ids) {
      List<OrderLine> known = loaded.lines.get(id);
      if (known == null) {
        unknown.add(id);
      } else {
        lines.put(id, known);
      }
    }
    if (!unknown.isEmpty()) {
      Statements.of(tx)
          .query(
              LINES,
              row -> Map.entry(Rows.uuid(row, "order_id"), line(row)),
              (Object) unknown.toArray(UUID[]::new))
          .forEach(entry ->
              lines.computeIfAbsent(entry.getKey(), id -> new ArrayList<>()).add(entry.getValue()));
    }
    return lines;
  }

  @Override
  public Optional<OrderState> find(UUID id, UnitOfWork tx) {
    Loaded.of(tx).flush();
    return Statements.of(tx).query(FIND, PostgresOrders::state, id).stream().findFirst();
  }

  @Override
  public List<OrderState> list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
    Loaded.of(tx).flush();
    var where = new ArrayList<String>();
    var parameters = new ArrayList<Object>();
    OrderStatus status = filter.status();
    if (status != null) {
      where.add(status.isUnderWay() ? "under_way_since is not null and status = ?" : "settled = ?");
      parameters.add(status.name());
    }
    if (filter.customerId() != null) {
      where.add("customer_id = ?");
      parameters.add(filter.customerId());
    }
    if (filter.from() != null) {
      where.add("created_at >= ? and id >= ?");
      parameters.add(filter.from());
      parameters.add(firstIdAt(filter.from().minus(SKEW)));
    }
    if (filter.to() != null) {
      where.add("created_at < ? and id < ?");
      parameters.add(filter.to());
      parameters.add(firstIdAt(filter.to().plus(SKEW)));
    }
    if (before != null) {
      where.add("id < ?");
      parameters.add(before);
    }
    parameters.add(limit);
    return Statements.of(tx)
        .query(
            COLUMNS
                + (where.isEmpty() ? "" : "where " + String.join(" and ", where))
                + " order by id desc limit ?",
            PostgresOrders::state,
            parameters.toArray());
  }

  /** No UUIDv7 of this instant or later is lower. */
  private static UUID firstIdAt(Instant time) {
    return new UUID(Math.max(0, time.toEpochMilli()) << 16, 0);
  }

  private static <P, R> Function<OrderState, @Nullable R> known(
      Function<OrderState, @Nullable P> part, Function<P, @Nullable R> column) {
    return order -> {
      P known = part.apply(order);
      return known == null ? null : column.apply(known);
    };
  }

  private static @Nullable String method(OrderState order) {
    PaymentChoice choice = order.paymentChoice();
    return choice == null ? null : choice.method().wire();
  }

  private static @Nullable String token(OrderState order) {
    PaymentChoice choice = order.paymentChoice();
    return choice == null ? null : choice.token();
  }

  private static @Nullable String reason(OrderState order) {
    CancellationReason reason = order.reason();
    return reason == null ? null : reason.wire();
  }

  private static OrderState state(ResultSet row) throws SQLException {
    return new OrderState(
        Rows.uuid(row, "id"),
        Rows.uuid(row, "customer_id"),
        OrderStatus.valueOf(row.getString("status")),
        reason(row),
        money(row.getBigDecimal("total"), row.getString("currency")),
        paymentChoice(row),
        row.getString("shipping_address"),
        reservation(row),
        payment(row),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "updated_at"),
        row.getInt("version"),
        row.getString("correlation_id"));
  }

  private static @Nullable CancellationReason reason(ResultSet row) throws SQLException {
    String wire = row.getString("reason");
    return wire == null ? null : CancellationReason.ofWire(wire).orElseThrow();
  }

  private static @Nullable PaymentChoice paymentChoice(ResultSet row) throws SQLException {
    String method = row.getString("payment_method");
    return method == null
        ? null
        : new PaymentChoice(PaymentMethod.ofWire(method), row.getString("payment_token"));
  }

  private static @Nullable Reservation reservation(ResultSet row) throws SQLException {
    UUID id = Rows.uuidOrNull(row, "reservation_id");
    return id == null
        ? null
        : new Reservation(
            id,
            Reservation.Status.valueOf(row.getString("reservation_status")),
            Rows.instantOrNull(row, "reservation_expires_at"));
  }

  private static @Nullable Payment payment(ResultSet row) throws SQLException {
    UUID id = Rows.uuidOrNull(row, "payment_id");
    return id == null
        ? null
        : new Payment(id, Payment.Status.valueOf(row.getString("payment_status")));
  }

  private static OrderLine line(ResultSet row) throws SQLException {
    return new OrderLine(
        Rows.uuid(row, "product_id"),
        row.getString("sku"),
        row.getString("name"),
        new Quantity(row.getInt("quantity")),
        money(row.getBigDecimal("unit_price"), row.getString("currency")));
  }

  /** The column holds four digits after the point, money as many as its currency has. */
  static Money money(BigDecimal amount, String currency) {
    return new Money(amount, currency);
  }
}
