package dev.reserva.financial.adapters.postgres;

import dev.reserva.contracts.Money;
import dev.reserva.financial.application.Due;
import dev.reserva.financial.application.Payments;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentMethod;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.SettledBy;
import dev.reserva.financial.domain.Trail;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The table {@code financial.payments}. */
public final class PostgresPayments implements Payments {

  private static final String SELECT =
      """
      select id, order_id, customer_id, amount, currency, method, token, status, waiting,
             order_cancelled, attempts, due_at, settled_by, transaction_id, failure, refunded, owed,
             created_at, processed_at, correlation_id, causation_id, traceparent, tracestate
      from financial.payments
      """;

  private static final String LOCK_BY_ORDERS =
      SELECT + "where order_id = any (?) order by id for update";

  private static final String LOCK = SELECT + "where id = any (?) order by id for update";

  static final String LOCK_DUE =
      SELECT + "where due_at > ? and due_at <= ? order by due_at limit ? for update skip locked";

  private static final String LOCK_AHEAD =
      SELECT + "where due_at > ? order by due_at limit ? for update skip locked";

  private static final String FIND = SELECT + "where id = any (?)";

  private static final String FIND_BY_ORDER = SELECT + "where order_id = ?";

  private static final String INSERT =
      """
      insert into financial.payments (
        id, order_id, customer_id, amount, currency, method, token, status, waiting,
        order_cancelled, attempts, due_at, settled_by, transaction_id, failure, refunded, owed,
        created_at, processed_at, correlation_id, causation_id, traceparent, tracestate)
      select * from unnest(
        ?::uuid[], ?::uuid[], ?::uuid[], ?::numeric[], ?::text[], ?::text[], ?::text[], ?::text[],
        ?::boolean[], ?::boolean[], ?::integer[], ?::timestamptz[], ?::text[], ?::text[],
        ?::text[], ?::numeric[], ?::numeric[], ?::timestamptz[], ?::timestamptz[], ?::text[],
        ?::uuid[], ?::text[], ?::text[])
      """;

  private static final String SAVE =
      """
      update financial.payments as payment
      set status = new.status, waiting = new.waiting, order_cancelled = new.order_cancelled,
          attempts = new.attempts, due_at = new.due_at, settled_by = new.settled_by,
          transaction_id = new.transaction_id, failure = new.failure, refunded = new.refunded,
          owed = new.owed, processed_at = new.processed_at
      from unnest(
        ?::uuid[], ?::text[], ?::boolean[], ?::boolean[], ?::integer[], ?::timestamptz[],
        ?::text[], ?::text[], ?::text[], ?::numeric[], ?::numeric[], ?::timestamptz[])
        as new (id, status, waiting, order_cancelled, attempts, due_at, settled_by,
                transaction_id, failure, refunded, owed, processed_at)
      where payment.id = new.id
      """;

  @Override
  public Map<UUID, Payment> lockByOrders(Collection<UUID> orderIds, UnitOfWork tx) {
    return byKey(LOCK_BY_ORDERS, orderIds, payment -> payment.terms().orderId(), tx);
  }

  @Override
  public Map<UUID, Payment> lock(Collection<UUID> ids, UnitOfWork tx) {
    return byKey(LOCK, ids, Payment::id, tx);
  }

  @Override
  public Map<UUID, Payment> find(Collection<UUID> ids, UnitOfWork tx) {
    return byKey(FIND, ids, Payment::id, tx);
  }

  @Override
  public List<Payment> lockDue(Due due, int limit, UnitOfWork tx) {
    if (limit == 0) {
      return List.of();
    }
    Statements statements = Statements.of(tx);
    Supplier<List<Payment>> covered =
        statements.ask(LOCK_DUE, PostgresPayments::payment, due.since(), due.now(), limit);
    List<Payment> ahead =
        statements.query(LOCK_AHEAD, PostgresPayments::payment, due.latest(), limit);
    List<Payment> found = new ArrayList<>(covered.get());
    found.addAll(ahead);
    return found;
  }

  @Override
  public Optional<Payment> findByOrder(UUID orderId, UnitOfWork tx) {
    return Statements.of(tx).query(FIND_BY_ORDER, PostgresPayments::payment, orderId).stream()
        .findFirst();
  }

  @Override
  public List<Payment> list(
      @Nullable UUID orderId,
      @Nullable PaymentStatus status,
      @Nullable UUID before,
      int limit,
      UnitOfWork tx) {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    if (orderId != null) {
      conditions.add("order_id = ?");
      values.add(orderId);
    }
    if (status != null) {
      conditions.add("status = ?");
      values.add(status.name());
      if (status.isOpen()) {
        conditions.add("due_at is not null"); // always so; names the index of the open ones
      }
    }
    if (before != null) {
      conditions.add("id < ?");
      values.add(before);
    }
    values.add(limit);
    String where = conditions.isEmpty() ? "" : "where " + String.join(" and ", conditions);
    return Statements.of(tx)
        .query(
            SELECT + where + " order by id desc limit ?",
            PostgresPayments::payment,
            values.toArray());
  }

  @Override
  public void insert(Collection<Payment> payments, UnitOfWork tx) {
    if (payments.isEmpty()) {
      return;
    }
    List<Row> rows = rows(payments);
    Statements.of(tx)
        .write(
            INSERT,
            Columns.uuids(rows, row -> row.terms.id()),
            Columns.uuids(rows, row -> row.terms.orderId()),
            Columns.uuids(rows, row -> row.terms.customerId()),
            Columns.numbers(rows, row -> row.terms.amount().amount()),
            Columns.texts(rows, row -> row.terms.amount().currency()),
            Columns.texts(rows, row -> row.terms.method().wire()),
            Columns.texts(rows, row -> row.terms.token()),
            Columns.texts(rows, row -> row.state.status().name()),
            Columns.booleans(rows, row -> row.state.waiting()),
            Columns.booleans(rows, row -> row.state.orderCancelled()),
            Columns.integers(rows, row -> row.state.attempts()),
            Columns.instants(rows, row -> row.state.dueAt()),
            Columns.texts(rows, row -> name(row.state.settledBy())),
            Columns.texts(rows, row -> row.state.transactionId()),
            Columns.texts(rows, row -> row.state.failure()),
            Columns.numbers(rows, row -> row.state.refunded().amount()),
            Columns.numbers(rows, row -> row.state.owed().amount()),
            Columns.instants(rows, row -> row.terms.createdAt()),
            Columns.instants(rows, row -> row.state.processedAt()),
            Columns.texts(rows, row -> row.terms.trail().correlationId()),
            Columns.uuids(rows, row -> row.terms.trail().causationId()),
            Columns.texts(rows, row -> row.terms.trail().traceparent()),
            Columns.texts(rows, row -> row.terms.trail().tracestate()));
  }

  @Override
  public void save(Collection<Payment> payments, UnitOfWork tx) {
    if (payments.isEmpty()) {
      return;
    }
    List<Row> rows = rows(payments);
    Statements.of(tx)
        .write(
            saved -> {
              if (saved != rows.size()) {
                throw new IllegalStateException(
                    "%d of %d payments were saved".formatted(saved, rows.size()));
              }
            },
            SAVE,
            Columns.uuids(rows, row -> row.terms.id()),
            Columns.texts(rows, row -> row.state.status().name()),
            Columns.booleans(rows, row -> row.state.waiting()),
            Columns.booleans(rows, row -> row.state.orderCancelled()),
            Columns.integers(rows, row -> row.state.attempts()),
            Columns.instants(rows, row -> row.state.dueAt()),
            Columns.texts(rows, row -> name(row.state.settledBy())),
            Columns.texts(rows, row -> row.state.transactionId()),
            Columns.texts(rows, row -> row.state.failure()),
            Columns.numbers(rows, row -> row.state.refunded().amount()),
            Columns.numbers(rows, row -> row.state.owed().amount()),
            Columns.instants(rows, row -> row.state.processedAt()));
  }

  private record Row(Payment.Terms terms, Payment.State state) {}

  private static List<Row> rows(Collection<Payment> payments) {
    return payments.stream().map(payment -> new Row(payment.terms(), payment.state())).toList();
  }

  private static Map<UUID, Payment> byKey(
      String sql, Collection<UUID> keys, Function<Payment, UUID> key, UnitOfWork tx) {
    Map<UUID, Payment> found = new HashMap<>();
    if (!keys.isEmpty()) {
      Statements.of(tx)
          .queryAndClock(sql, PostgresPayments::payment, (Object) keys.toArray(UUID[]::new))
          .forEach(payment -> found.put(key.apply(payment), payment));
    }
    return found;
  }

  private static @Nullable String name(@Nullable SettledBy settledBy) {
    return settledBy == null ? null : settledBy.name();
  }

  private static Payment payment(ResultSet row) throws SQLException {
    String currency = row.getString("currency");
    String settledBy = row.getString("settled_by");
    return new Payment(
        new Payment.Terms(
            Rows.uuid(row, "id"),
            Rows.uuid(row, "order_id"),
            Rows.uuid(row, "customer_id"),
            new Money(row.getBigDecimal("amount"), currency),
            PaymentMethod.parse(row.getString("method")),
            row.getString("token"),
            new Trail(
                row.getString("correlation_id"),
                Rows.uuidOrNull(row, "causation_id"),
                row.getString("traceparent"),
                row.getString("tracestate")),
            Rows.instant(row, "created_at")),
        new Payment.State(
            PaymentStatus.valueOf(row.getString("status")),
            row.getBoolean("waiting"),
            row.getBoolean("order_cancelled"),
            row.getInt("attempts"),
            Rows.instantOrNull(row, "due_at"),
            settledBy == null ? null : SettledBy.valueOf(settledBy),
            row.getString("transaction_id"),
            row.getString("failure"),
            new Money(row.getBigDecimal("refunded"), currency),
            new Money(row.getBigDecimal("owed"), currency),
            Rows.instantOrNull(row, "processed_at")));
  }
}
