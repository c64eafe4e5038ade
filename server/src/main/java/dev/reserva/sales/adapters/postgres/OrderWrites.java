package dev.reserva.sales.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.sales.application.Orders;
import dev.reserva.sales.domain.CancellationReason;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderState;
import dev.reserva.sales.domain.Part;
import dev.reserva.sales.domain.Payment;
import dev.reserva.sales.domain.PaymentChoice;
import dev.reserva.sales.domain.Reservation;
import dev.reserva.sales.domain.Shipment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes orders and their lines, many in a statement. */
final class OrderWrites {

  static final String ADD =
      """
      insert into sales.order (id, customer_id, status, reason, total, currency, payment_method,
        payment_token, shipping_address, reservation_id, reservation_status, reservation_expires_at,
        payment_id, payment_status, pay_method, pay_code, pay_by, created_at, updated_at,
        under_way_since, version, correlation_id, request_key, number, by_customer)
      select id, customer_id, status, reason, total, currency, payment_method, payment_token,
        shipping_address, reservation_id, reservation_status, reservation_expires_at, payment_id,
        payment_status, pay_method, pay_code, pay_by, created_at, updated_at,
        case when status in ('PENDING', 'PENDING_PAYMENT', 'PAID') then created_at end, version,
        correlation_id, request_key, number, by_customer
      from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as n (id, customer_id,
        status, reason, total, currency, payment_method, payment_token, shipping_address, reservation_id,
        reservation_status, reservation_expires_at, payment_id, payment_status, pay_method, pay_code,
        pay_by, created_at, updated_at, version, correlation_id, request_key, number, by_customer)
      """;

  static final String ADD_LINES =
      """
      insert into sales.order_line (order_id, line, product_id, sku, name, quantity, unit_price, tax_code,
        tax_rate, tax, tax_included, part_ids, part_skus, part_names, part_quantities)
      select order_id, line, product_id, sku, name, quantity, unit_price, tax_code, tax_rate, tax,
        tax_included, part_ids::uuid[], part_skus::text[], part_names::text[], part_quantities::int[]
      from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::text[], ?::text[], ?::text[], ?::text[]) as n (order_id,
        line, product_id, sku, name, quantity, unit_price, tax_code, tax_rate, tax, tax_included,
        part_ids, part_skus, part_names, part_quantities)
      """;

  static final String SAVE =
      """
      update sales.order o
      set status = n.status, reason = n.reason, reservation_id = n.reservation_id,
        reservation_status = n.reservation_status, reservation_expires_at = n.reservation_expires_at,
        payment_id = n.payment_id, payment_status = n.payment_status, pay_method = n.pay_method,
        pay_code = n.pay_code, pay_by = n.pay_by, shipment_id = n.shipment_id,
        shipment_status = n.shipment_status, shipment_open = n.shipment_open,
        shipment_revision = n.shipment_revision, updated_at = n.updated_at,
        under_way_since = case when n.status in ('PENDING', 'PENDING_PAYMENT', 'PAID')
          then coalesce(o.under_way_since, n.updated_at) end,
        version = n.version
      from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as n (id, status, reason,
        reservation_id, reservation_status, reservation_expires_at, payment_id, payment_status,
        pay_method, pay_code, pay_by, shipment_id, shipment_status, shipment_open, shipment_revision,
        updated_at, version)
      where o.id = n.id and o.id = any(?)
      """;

  private static final String REVISE =
      """
      update sales.order
      set total = ?, currency = ?, payment_method = ?, payment_token = ?, shipping_address = ?
      where id = ?
      """;

  private static final String NOTE =
      "update sales.order o set note = n.note from unnest(?, ?) as n (id, note) where o.id = n.id";

  private static final String MARK_BY_CUSTOMER =
      "update sales.order set by_customer = true where id = ? and by_customer is null";

  private static final String DELETE_LINES = "delete from sales.order_line where order_id = any(?)";

  private static final String DELETE = "delete from sales.order where id = any(?)";

  private OrderWrites() {}

  /** Writes orders that are new, with their lines. */
  static void insert(List<Orders.New> orders, UnitOfWork tx) {
    insertOrders(orders, tx);
    insertLines(orders, tx);
  }

  private static void insertOrders(List<Orders.New> orders, UnitOfWork tx) {
    List<OrderState> rows = orders.stream().map(added -> added.order().state()).toList();
    Statements.of(tx)
        .write(
            ADD,
            Columns.uuids(rows, OrderState::id),
            Columns.uuids(rows, OrderState::customerId),
            Columns.texts(rows, order -> order.status().name()),
            Columns.texts(rows, OrderWrites::reason),
            Columns.numbers(rows, order -> order.total().amount()),
            Columns.texts(rows, order -> order.total().currency()),
            Columns.texts(rows, OrderWrites::method),
            Columns.texts(rows, OrderWrites::token),
            Columns.texts(rows, OrderState::shippingAddress),
            Columns.uuids(rows, known(OrderState::reservation, Reservation::id)),
            Columns.texts(rows, known(OrderState::reservation, hold -> hold.status().name())),
            Columns.instants(rows, known(OrderState::reservation, Reservation::expiresAt)),
            Columns.uuids(rows, known(OrderState::payment, Payment::id)),
            Columns.texts(rows, known(OrderState::payment, payment -> payment.status().name())),
            Columns.texts(rows, instruction(instructions -> instructions.method().wire())),
            Columns.texts(rows, instruction(Payment.Instructions::code)),
            Columns.instants(rows, instruction(Payment.Instructions::dueAt)),
            Columns.instants(rows, OrderState::createdAt),
            Columns.instants(rows, OrderState::updatedAt),
            Columns.integers(rows, OrderState::version),
            Columns.texts(rows, OrderState::correlationId),
            Columns.uuids(orders, Orders.New::requestKey),
            Columns.longs(rows, order -> order.number().value()),
            // Absent rather than false: the indexes of what customers hold contain no other order.
            Columns.booleans(orders, added -> added.byCustomer() ? Boolean.TRUE : null));
  }

  private record Line(UUID orderId, int number, OrderLine line) {}

  private static void insertLines(List<Orders.New> orders, UnitOfWork tx) {
    var rows = new ArrayList<Line>();
    for (Orders.New added : orders) {
      addLines(added.order().id(), added.lines(), rows);
    }
    insertLineRows(rows, tx);
  }

  private static void addLines(UUID orderId, List<OrderLine> lines, List<Line> rows) {
    int number = 0;
    for (OrderLine line : lines) {
      rows.add(new Line(orderId, ++number, line));
    }
  }

  private static void insertLineRows(List<Line> rows, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            ADD_LINES,
            Columns.uuids(rows, Line::orderId),
            Columns.integers(rows, Line::number),
            Columns.uuids(rows, row -> row.line().productId()),
            Columns.texts(rows, row -> row.line().sku()),
            Columns.texts(rows, row -> row.line().name()),
            Columns.integers(rows, row -> row.line().quantity().value()),
            Columns.numbers(rows, row -> row.line().unitPrice().amount()),
            Columns.texts(rows, row -> row.line().taxCode()),
            Columns.numbers(rows, row -> TaxColumns.rate(row.line().tax())),
            Columns.numbers(rows, row -> TaxColumns.amount(row.line().tax())),
            Columns.booleans(rows, row -> TaxColumns.included(row.line().tax())),
            Columns.texts(rows, row -> PartColumns.of(row.line(), Part::productId)),
            Columns.texts(rows, row -> PartColumns.of(row.line(), Part::sku)),
            Columns.texts(rows, row -> PartColumns.of(row.line(), Part::name)),
            Columns.texts(rows, row -> PartColumns.of(row.line(), Part::quantity)));
  }

  /** Writes orders that have changed; each must be there. */
  static void update(List<OrderState> rows, UnitOfWork tx) {
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
            Columns.texts(rows, OrderWrites::reason),
            Columns.uuids(rows, known(OrderState::reservation, Reservation::id)),
            Columns.texts(rows, known(OrderState::reservation, hold -> hold.status().name())),
            Columns.instants(rows, known(OrderState::reservation, Reservation::expiresAt)),
            Columns.uuids(rows, known(OrderState::payment, Payment::id)),
            Columns.texts(rows, known(OrderState::payment, payment -> payment.status().name())),
            Columns.texts(rows, instruction(instructions -> instructions.method().wire())),
            Columns.texts(rows, instruction(Payment.Instructions::code)),
            Columns.instants(rows, instruction(Payment.Instructions::dueAt)),
            Columns.uuids(rows, known(OrderState::shipment, Shipment::id)),
            Columns.texts(rows, known(OrderState::shipment, shipment -> shipment.status().name())),
            Columns.integers(rows, known(OrderState::shipment, Shipment::openUnits)),
            Columns.integers(rows, known(OrderState::shipment, Shipment::revision)),
            Columns.instants(rows, OrderState::updatedAt),
            Columns.integers(rows, OrderState::version),
            ids);
  }

  /** Writes what only a draft can change: its lines, total, payment and address. */
  static void rewrite(OrderState draft, List<OrderLine> lines, UnitOfWork tx) {
    var rows = new ArrayList<Line>(lines.size());
    addLines(draft.id(), lines, rows);
    Statements statements = Statements.of(tx);
    statements.write(DELETE_LINES, (Object) new UUID[] {draft.id()});
    insertLineRows(rows, tx);
    statements.write(
        REVISE,
        draft.total().amount(),
        draft.total().currency(),
        method(draft),
        token(draft),
        draft.shippingAddress(),
        draft.id());
  }

  /**
   * Writes the notes of cancelled orders. Notes are rare, so the statement of all orders leaves
   * them out.
   */
  static void note(List<OrderState> rows, UnitOfWork tx) {
    Statements.of(tx)
        .write(NOTE, Columns.uuids(rows, OrderState::id), Columns.texts(rows, OrderState::note));
  }

  /** Counts an order among those that the customer's own login has placed. */
  static void markByCustomer(UUID id, UnitOfWork tx) {
    Statements.of(tx).write(MARK_BY_CUSTOMER, id);
  }

  /** Deletes drafts with their lines. */
  static void delete(Collection<UUID> drafts, UnitOfWork tx) {
    UUID[] ids = drafts.toArray(UUID[]::new);
    Statements.of(tx).write(DELETE_LINES, (Object) ids);
    Statements.of(tx).write(DELETE, (Object) ids);
  }

  /** A column of a part of an order; absent without the part. */
  static <P, R> Function<OrderState, @Nullable R> known(
      Function<OrderState, @Nullable P> part, Function<P, @Nullable R> column) {
    return order -> {
      P known = part.apply(order);
      return known == null ? null : column.apply(known);
    };
  }

  private static <R> Function<OrderState, @Nullable R> instruction(
      Function<Payment.Instructions, @Nullable R> column) {
    return order -> {
      Payment payment = order.payment();
      Payment.Instructions instructions = payment == null ? null : payment.instructions();
      return instructions == null ? null : column.apply(instructions);
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
}
