package dev.reserva.financial.adapters.postgres;

import dev.reserva.financial.application.Due;
import dev.reserva.financial.application.Payments;
import dev.reserva.financial.domain.Instructions;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentState;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.PaymentTerms;
import dev.reserva.financial.domain.SettledBy;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Conditions;
import dev.reserva.messaging.sql.Statements;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table {@code financial.payments}. */
public final class PostgresPayments implements Payments {

  private static final String SELECT =
      """
      select id, order_id, customer_id, amount, currency, method, token, replaces, tries_left,
             status, waiting, pay_code, pay_by, unwanted, replaced_by, attempts, due_at,
             settled_by, transaction_id, failure, refunded, owed, created_at, processed_at,
             correlation_id, causation_id, traceparent, tracestate
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

  private static final String FIND_BY_ORDER = SELECT + "where order_id = ? and replaced_by is null";

  private static final String INSERT =
      """
      insert into financial.payments (
        id, order_id, customer_id, amount, currency, method, token, replaces, tries_left,
        status, waiting, pay_code, pay_by, unwanted, replaced_by, attempts, due_at, settled_by,
        transaction_id, failure, refunded, owed, created_at, processed_at, correlation_id,
        causation_id, traceparent, tracestate)
      select * from unnest(
        ?::uuid[], ?::uuid[], ?::uuid[], ?::numeric[], ?::text[], ?::text[], ?::text[], ?::uuid[],
        ?::integer[], ?::text[], ?::boolean[], ?::text[], ?::timestamptz[], ?::boolean[], ?::uuid[],
        ?::integer[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::numeric[],
        ?::numeric[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::uuid[], ?::text[],
        ?::text[])
      """;

  private static final String SAVE =
      """
      update financial.payments as payment
      set status = new.status, waiting = new.waiting, pay_code = new.pay_code,
          pay_by = new.pay_by, unwanted = new.unwanted, replaced_by = new.replaced_by,
          attempts = new.attempts, due_at = new.due_at, settled_by = new.settled_by,
          transaction_id = new.transaction_id, failure = new.failure, refunded = new.refunded,
          owed = new.owed, processed_at = new.processed_at
      from unnest(
        ?::uuid[], ?::text[], ?::boolean[], ?::text[], ?::timestamptz[], ?::boolean[], ?::uuid[],
        ?::integer[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::numeric[],
        ?::numeric[], ?::timestamptz[])
        as new (id, status, waiting, pay_code, pay_by, unwanted, replaced_by, attempts, due_at,
                settled_by, transaction_id, failure, refunded, owed, processed_at)
      where payment.id = new.id
      """;

  @Override
  public Map<UUID, List<Payment>> lockByOrders(Collection<UUID> orderIds, UnitOfWork tx) {
    List<Payment> locked = new ArrayList<>(rows(LOCK_BY_ORDERS, orderIds, tx));
    // A payment that was inserted while the statement waited for the lock of the one that it
    // replaces is not among the rows that the statement saw.
    for (List<UUID> missed = missed(locked); !missed.isEmpty(); missed = missed(locked)) {
      locked.addAll(rows(LOCK, missed, tx));
    }
    return locked.stream().collect(Collectors.groupingBy(payment -> payment.terms().orderId()));
  }

  /** Those that take the place of locked payments and are not locked. */
  private static List<UUID> missed(List<Payment> locked) {
    Set<UUID> known = locked.stream().map(Payment::id).collect(Collectors.toSet());
    return locked.stream()
        .map(payment -> payment.state().replacedBy())
        .filter(Objects::nonNull)
        .filter(id -> !known.contains(id))
        .toList();
  }

  @Override
  public Map<UUID, Payment> lock(Collection<UUID> ids, UnitOfWork tx) {
    return byId(LOCK, ids, tx);
  }

  @Override
  public Map<UUID, Payment> find(Collection<UUID> ids, UnitOfWork tx) {
    return byId(FIND, ids, tx);
  }

  @Override
  public List<Payment> lockDue(Due due, int limit, UnitOfWork tx) {
    if (limit == 0) {
      return List.of();
    }
    Statements statements = Statements.of(tx);
    Supplier<List<Payment>> covered =
        statements.ask(LOCK_DUE, PaymentRows::payment, due.since(), due.now(), limit);
    List<Payment> ahead = statements.query(LOCK_AHEAD, PaymentRows::payment, due.latest(), limit);
    List<Payment> found = new ArrayList<>(covered.get());
    found.addAll(ahead);
    return found;
  }

  @Override
  public Optional<Payment> findByOrder(UUID orderId, UnitOfWork tx) {
    return Statements.of(tx).query(FIND_BY_ORDER, PaymentRows::payment, orderId).stream()
        .findFirst();
  }

  @Override
  public List<Payment> list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
    Conditions conditions =
        new Conditions()
            .andIfPresent("order_id = ?", filter.orderId())
            .andIfPresent("customer_id = ?", filter.customerId())
            .andIfPresent("id < ?", before);
    PaymentStatus status = filter.status();
    if (status != null) {
      conditions.and("status = ?", status.name());
      if (status.isOpen()) {
        // Always so; names the indexes of those that are due and of those that are held.
        conditions.and("(due_at is not null or replaces is not null)");
      }
    }
    return Statements.of(tx)
        .query(
            SELECT + conditions.where() + "order by id desc limit ?",
            PaymentRows::payment,
            conditions.values(limit));
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
            Columns.texts(rows, row -> row.terms.choice().method().wire()),
            Columns.texts(rows, row -> row.terms.choice().token()),
            Columns.uuids(rows, row -> row.terms.replaces()),
            Columns.integers(rows, row -> row.terms.triesLeft()),
            Columns.texts(rows, row -> row.state.status().name()),
            Columns.booleans(rows, row -> row.state.isWaiting()),
            Columns.texts(rows, row -> code(row.state.instructions())),
            Columns.instants(rows, row -> payBy(row.state.instructions())),
            Columns.booleans(rows, row -> row.state.unwanted()),
            Columns.uuids(rows, row -> row.state.replacedBy()),
            Columns.integers(rows, row -> row.state.attempts()),
            Columns.instants(rows, row -> row.state.dueAt()),
            Columns.texts(rows, row -> name(row.state.settledBy())),
            Columns.texts(rows, row -> row.state.transactionId()),
            Columns.texts(rows, row -> row.state.failure()),
            Columns.numbers(rows, row -> row.state.balance().refunded().amount()),
            Columns.numbers(rows, row -> row.state.balance().owed().amount()),
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
            Columns.booleans(rows, row -> row.state.isWaiting()),
            Columns.texts(rows, row -> code(row.state.instructions())),
            Columns.instants(rows, row -> payBy(row.state.instructions())),
            Columns.booleans(rows, row -> row.state.unwanted()),
            Columns.uuids(rows, row -> row.state.replacedBy()),
            Columns.integers(rows, row -> row.state.attempts()),
            Columns.instants(rows, row -> row.state.dueAt()),
            Columns.texts(rows, row -> name(row.state.settledBy())),
            Columns.texts(rows, row -> row.state.transactionId()),
            Columns.texts(rows, row -> row.state.failure()),
            Columns.numbers(rows, row -> row.state.balance().refunded().amount()),
            Columns.numbers(rows, row -> row.state.balance().owed().amount()),
            Columns.instants(rows, row -> row.state.processedAt()));
  }

  private record Row(PaymentTerms terms, PaymentState state) {}

  private static List<Row> rows(Collection<Payment> payments) {
    return payments.stream().map(payment -> new Row(payment.terms(), payment.state())).toList();
  }

  private static Map<UUID, Payment> byId(String sql, Collection<UUID> ids, UnitOfWork tx) {
    return rows(sql, ids, tx).stream()
        .collect(Collectors.toMap(Payment::id, Function.identity(), (one, _) -> one));
  }

  private static List<Payment> rows(String sql, Collection<UUID> keys, UnitOfWork tx) {
    return keys.isEmpty()
        ? List.of()
        : Statements.of(tx)
            .queryAndClock(sql, PaymentRows::payment, (Object) keys.toArray(UUID[]::new));
  }

  private static @Nullable String name(@Nullable SettledBy settledBy) {
    return settledBy == null ? null : settledBy.name();
  }

  private static @Nullable String code(@Nullable Instructions instructions) {
    return instructions == null ? null : instructions.code();
  }

  private static @Nullable Instant payBy(@Nullable Instructions instructions) {
    return instructions == null ? null : instructions.payBy();
  }
}
