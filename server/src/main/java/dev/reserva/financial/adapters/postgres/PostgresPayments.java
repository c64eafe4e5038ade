package dev.reserva.financial.adapters.postgres;

import static java.util.Objects.requireNonNull;

import dev.reserva.contracts.Money;
import dev.reserva.financial.application.Payments;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentMethod;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.SettledBy;
import dev.reserva.financial.domain.Trail;
import dev.reserva.messaging.UnitOfWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
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

  private static final String LOCK_DUE =
      SELECT + "where due_at <= ? order by due_at limit ? for update skip locked";

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
  public List<Payment> lockDue(Instant now, int limit, UnitOfWork tx) {
    return limit == 0
        ? List.of()
        : query(LOCK_DUE, parameters -> parameters.time(now).value(limit), tx);
  }

  @Override
  public Optional<Payment> findByOrder(UUID orderId, UnitOfWork tx) {
    return query(FIND_BY_ORDER, parameters -> parameters.value(orderId), tx).stream().findFirst();
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
    return query(
        SELECT + where + " order by id desc limit ?",
        parameters -> {
          for (Object value : values) {
            parameters.value(value);
          }
        },
        tx);
  }

  @Override
  public void insert(Collection<Payment> payments, UnitOfWork tx) {
    if (payments.isEmpty()) {
      return;
    }
    List<Row> rows = rows(payments);
    Connection connection = tx.resource(Connection.class);
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      new Parameters(connection, statement)
          .array("uuid", rows, row -> row.terms.id())
          .array("uuid", rows, row -> row.terms.orderId())
          .array("uuid", rows, row -> row.terms.customerId())
          .array("numeric", rows, row -> row.terms.amount().amount())
          .array("text", rows, row -> row.terms.amount().currency())
          .array("text", rows, row -> row.terms.method().wire())
          .array("text", rows, row -> row.terms.token())
          .array("text", rows, row -> row.state.status().name())
          .array("boolean", rows, row -> row.state.waiting())
          .array("boolean", rows, row -> row.state.orderCancelled())
          .array("integer", rows, row -> row.state.attempts())
          .array("timestamptz", rows, row -> row.state.dueAt())
          .array("text", rows, row -> row.state.settledBy())
          .array("text", rows, row -> row.state.transactionId())
          .array("text", rows, row -> row.state.failure())
          .array("numeric", rows, row -> row.state.refunded().amount())
          .array("numeric", rows, row -> row.state.owed().amount())
          .array("timestamptz", rows, row -> row.terms.createdAt())
          .array("timestamptz", rows, row -> row.state.processedAt())
          .array("text", rows, row -> row.terms.trail().correlationId())
          .array("uuid", rows, row -> row.terms.trail().causationId())
          .array("text", rows, row -> row.terms.trail().traceparent())
          .array("text", rows, row -> row.terms.trail().tracestate());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  @Override
  public void save(Collection<Payment> payments, UnitOfWork tx) {
    if (payments.isEmpty()) {
      return;
    }
    List<Row> rows = rows(payments);
    Connection connection = tx.resource(Connection.class);
    try (PreparedStatement statement = connection.prepareStatement(SAVE)) {
      new Parameters(connection, statement)
          .array("uuid", rows, row -> row.terms.id())
          .array("text", rows, row -> row.state.status().name())
          .array("boolean", rows, row -> row.state.waiting())
          .array("boolean", rows, row -> row.state.orderCancelled())
          .array("integer", rows, row -> row.state.attempts())
          .array("timestamptz", rows, row -> row.state.dueAt())
          .array("text", rows, row -> row.state.settledBy())
          .array("text", rows, row -> row.state.transactionId())
          .array("text", rows, row -> row.state.failure())
          .array("numeric", rows, row -> row.state.refunded().amount())
          .array("numeric", rows, row -> row.state.owed().amount())
          .array("timestamptz", rows, row -> row.state.processedAt());
      int saved = statement.executeUpdate();
      if (saved != rows.size()) {
        throw new IllegalStateException(
            "%d of %d payments were saved".formatted(saved, rows.size()));
      }
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  private record Row(Payment.Terms terms, Payment.State state) {}

  private static List<Row> rows(Collection<Payment> payments) {
    return payments.stream().map(payment -> new Row(payment.terms(), payment.state())).toList();
  }

  @FunctionalInterface
  private interface Binding {
    void bind(Parameters parameters) throws SQLException;
  }

  private static Map<UUID, Payment> byKey(
      String sql, Collection<UUID> keys, Function<Payment, UUID> key, UnitOfWork tx) {
    Map<UUID, Payment> found = new HashMap<>();
    if (!keys.isEmpty()) {
      query(sql, parameters -> parameters.ids(keys), tx)
          .forEach(payment -> found.put(key.apply(payment), payment));
    }
    return found;
  }

  private static List<Payment> query(String sql, Binding binding, UnitOfWork tx) {
    Connection connection = tx.resource(Connection.class);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      binding.bind(new Parameters(connection, statement));
      List<Payment> payments = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          payments.add(payment(row));
        }
      }
      return payments;
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  private static Payment payment(ResultSet row) throws SQLException {
    String currency = row.getString("currency");
    String settledBy = row.getString("settled_by");
    return new Payment(
        new Payment.Terms(
            row.getObject("id", UUID.class),
            row.getObject("order_id", UUID.class),
            row.getObject("customer_id", UUID.class),
            new Money(row.getBigDecimal("amount"), currency),
            PaymentMethod.parse(row.getString("method")),
            row.getString("token"),
            new Trail(
                row.getString("correlation_id"),
                row.getObject("causation_id", UUID.class),
                row.getString("traceparent"),
                row.getString("tracestate")),
            requireNonNull(Parameters.instant(row, "created_at"))),
        new Payment.State(
            PaymentStatus.valueOf(row.getString("status")),
            row.getBoolean("waiting"),
            row.getBoolean("order_cancelled"),
            row.getInt("attempts"),
            Parameters.instant(row, "due_at"),
            settledBy == null ? null : SettledBy.valueOf(settledBy),
            row.getString("transaction_id"),
            row.getString("failure"),
            new Money(row.getBigDecimal("refunded"), currency),
            new Money(row.getBigDecimal("owed"), currency),
            Parameters.instant(row, "processed_at")));
  }
}
