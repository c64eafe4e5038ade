package dev.reserva.financial.adapters.postgres;

import dev.reserva.contracts.Money;
import dev.reserva.financial.application.Due;
import dev.reserva.financial.application.Refunds;
import dev.reserva.financial.domain.Refund;
import dev.reserva.financial.domain.Trail;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The table {@code financial.refunds}. */
public final class PostgresRefunds implements Refunds {

  private static final String SELECT =
      """
      select id, payment_id, amount, currency, return_id, reason, attempts, due_at, created_at,
             correlation_id, causation_id, traceparent, tracestate
      from financial.refunds
      """;

  private static final String LOCK_DUE =
      SELECT
          + """
          where (due_at > ? and due_at <= ?) or due_at > ?
          order by due_at limit ? for update skip locked
          """;

  private static final String LOCK_OPEN =
      SELECT + "where id = any (?) and done_at is null order by id for update";

  private static final String OF_PAYMENT =
      """
      select id, payment_id, amount, currency, reason, created_at, done_at, outside
      from financial.refunds
      where payment_id = ?
      order by id
      """;

  private static final String FOR_RETURNS =
      "select return_id from financial.refunds where return_id = any (?)";

  private static final String INSERT =
      """
      insert into financial.refunds (
        id, payment_id, amount, currency, return_id, reason, attempts, due_at, created_at,
        correlation_id, causation_id, traceparent, tracestate)
      select * from unnest(
        ?::uuid[], ?::uuid[], ?::numeric[], ?::text[], ?::uuid[], ?::text[], ?::integer[],
        ?::timestamptz[], ?::timestamptz[], ?::text[], ?::uuid[], ?::text[], ?::text[])
      """;

  private static final String SAVE =
      """
      update financial.refunds as refund
      set attempts = new.attempts, due_at = new.due_at
      from unnest(?::uuid[], ?::integer[], ?::timestamptz[]) as new (id, attempts, due_at)
      where refund.id = new.id
      """;

  private static final String DONE =
      "update financial.refunds set done_at = ?, due_at = null where id = any (?)";

  private static final String DONE_OUTSIDE =
      "update financial.refunds set done_at = ?, due_at = null, outside = true where id = ?";

  private static final String SETTLED_OUTSIDE =
      "select id from financial.refunds where id = any (?) and outside";

  @Override
  public void insert(Collection<Refund> refunds, UnitOfWork tx) {
    if (refunds.isEmpty()) {
      return;
    }
    Statements.of(tx)
        .write(
            INSERT,
            Columns.uuids(refunds, Refund::id),
            Columns.uuids(refunds, Refund::paymentId),
            Columns.numbers(refunds, refund -> refund.amount().amount()),
            Columns.texts(refunds, refund -> refund.amount().currency()),
            Columns.uuids(refunds, Refund::returnId),
            Columns.texts(refunds, Refund::reason),
            Columns.integers(refunds, Refund::attempts),
            Columns.instants(refunds, Refund::dueAt),
            Columns.instants(refunds, Refund::createdAt),
            Columns.texts(refunds, refund -> refund.trail().correlationId()),
            Columns.uuids(refunds, refund -> refund.trail().causationId()),
            Columns.texts(refunds, refund -> refund.trail().traceparent()),
            Columns.texts(refunds, refund -> refund.trail().tracestate()));
  }

  @Override
  public List<Refund> lockDue(Due due, int limit, UnitOfWork tx) {
    if (limit == 0) {
      return List.of();
    }
    return Statements.of(tx)
        .query(LOCK_DUE, PostgresRefunds::refund, due.since(), due.now(), due.latest(), limit);
  }

  @Override
  public Map<UUID, Refund> lockOpen(Collection<UUID> ids, UnitOfWork tx) {
    Map<UUID, Refund> open = new HashMap<>();
    if (ids.isEmpty()) {
      return open;
    }
    Statements.of(tx)
        .queryAndClock(LOCK_OPEN, PostgresRefunds::refund, (Object) ids.toArray(UUID[]::new))
        .forEach(refund -> open.put(refund.id(), refund));
    return open;
  }

  @Override
  public void save(Collection<Refund> refunds, UnitOfWork tx) {
    if (refunds.isEmpty()) {
      return;
    }
    Statements.of(tx)
        .write(
            SAVE,
            Columns.uuids(refunds, Refund::id),
            Columns.integers(refunds, Refund::attempts),
            Columns.instants(refunds, Refund::dueAt));
  }

  @Override
  public void done(Collection<Refund> refunds, Instant at, UnitOfWork tx) {
    if (refunds.isEmpty()) {
      return;
    }
    Statements.of(tx).write(DONE, at, Columns.uuids(refunds, Refund::id));
  }

  @Override
  public void doneOutside(Refund refund, Instant at, UnitOfWork tx) {
    Statements.of(tx).write(DONE_OUTSIDE, at, refund.id());
  }

  @Override
  public Set<UUID> settledOutside(Collection<UUID> ids, UnitOfWork tx) {
    return ids.isEmpty()
        ? Set.of()
        : new HashSet<>(
            Statements.of(tx)
                .query(
                    SETTLED_OUTSIDE,
                    row -> Rows.uuid(row, "id"),
                    (Object) ids.toArray(UUID[]::new)));
  }

  @Override
  public List<OnRecord> ofPayment(UUID paymentId, UnitOfWork tx) {
    return Statements.of(tx).query(OF_PAYMENT, PostgresRefunds::onRecord, paymentId);
  }

  @Override
  public Set<UUID> forReturns(Collection<UUID> returnIds, UnitOfWork tx) {
    return new HashSet<>(
        Statements.of(tx)
            .query(
                FOR_RETURNS,
                row -> Rows.uuid(row, "return_id"),
                (Object) returnIds.toArray(UUID[]::new)));
  }

  private static OnRecord onRecord(ResultSet row) throws SQLException {
    return new OnRecord(
        Rows.uuid(row, "id"),
        Rows.uuid(row, "payment_id"),
        new Money(row.getBigDecimal("amount"), row.getString("currency")),
        row.getString("reason"),
        Rows.instant(row, "created_at"),
        Rows.instantOrNull(row, "done_at"),
        row.getBoolean("outside"));
  }

  private static Refund refund(ResultSet row) throws SQLException {
    return new Refund(
        Rows.uuid(row, "id"),
        Rows.uuid(row, "payment_id"),
        new Money(row.getBigDecimal("amount"), row.getString("currency")),
        Rows.uuidOrNull(row, "return_id"),
        row.getString("reason"),
        new Trail(
            row.getString("correlation_id"),
            Rows.uuidOrNull(row, "causation_id"),
            row.getString("traceparent"),
            row.getString("tracestate")),
        row.getInt("attempts"),
        Rows.instant(row, "due_at"),
        Rows.instant(row, "created_at"));
  }
}
