package dev.reserva.financial.adapters.postgres;

import static java.util.Objects.requireNonNull;

import dev.reserva.contracts.Money;
import dev.reserva.financial.application.Refunds;
import dev.reserva.financial.domain.Refund;
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
import java.util.UUID;

/** The table {@code financial.refunds}. */
public final class PostgresRefunds implements Refunds {

  private static final String SELECT =
      """
      select id, payment_id, amount, currency, reason, attempts, due_at, created_at,
             correlation_id, causation_id, traceparent, tracestate
      from financial.refunds
      """;

  private static final String LOCK_DUE =
      SELECT + "where due_at <= ? order by due_at limit ? for update skip locked";

  private static final String LOCK_OPEN =
      SELECT + "where id = any (?) and done_at is null order by id for update";

  private static final String INSERT =
      """
      insert into financial.refunds (
        id, payment_id, amount, currency, reason, attempts, due_at, created_at,
        correlation_id, causation_id, traceparent, tracestate)
      select * from unnest(
        ?::uuid[], ?::uuid[], ?::numeric[], ?::text[], ?::text[], ?::integer[], ?::timestamptz[],
        ?::timestamptz[], ?::text[], ?::uuid[], ?::text[], ?::text[])
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

  @Override
  public void insert(Collection<Refund> refunds, UnitOfWork tx) {
    if (refunds.isEmpty()) {
      return;
    }
    Connection connection = tx.resource(Connection.class);
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      new Parameters(connection, statement)
          .array("uuid", refunds, Refund::id)
          .array("uuid", refunds, Refund::paymentId)
          .array("numeric", refunds, refund -> refund.amount().amount())
          .array("text", refunds, refund -> refund.amount().currency())
          .array("text", refunds, Refund::reason)
          .array("integer", refunds, Refund::attempts)
          .array("timestamptz", refunds, Refund::dueAt)
          .array("timestamptz", refunds, Refund::createdAt)
          .array("text", refunds, refund -> refund.trail().correlationId())
          .array("uuid", refunds, refund -> refund.trail().causationId())
          .array("text", refunds, refund -> refund.trail().traceparent())
          .array("text", refunds, refund -> refund.trail().tracestate());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  @Override
  public List<Refund> lockDue(Instant now, int limit, UnitOfWork tx) {
    if (limit == 0) {
      return List.of();
    }
    Connection connection = tx.resource(Connection.class);
    try (PreparedStatement statement = connection.prepareStatement(LOCK_DUE)) {
      new Parameters(connection, statement).time(now).value(limit);
      return refunds(statement);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  @Override
  public Map<UUID, Refund> lockOpen(Collection<UUID> ids, UnitOfWork tx) {
    Map<UUID, Refund> open = new HashMap<>();
    if (ids.isEmpty()) {
      return open;
    }
    Connection connection = tx.resource(Connection.class);
    try (PreparedStatement statement = connection.prepareStatement(LOCK_OPEN)) {
      new Parameters(connection, statement).ids(ids);
      refunds(statement).forEach(refund -> open.put(refund.id(), refund));
      return open;
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  @Override
  public void save(Collection<Refund> refunds, UnitOfWork tx) {
    if (refunds.isEmpty()) {
      return;
    }
    Connection connection = tx.resource(Connection.class);
    try (PreparedStatement statement = connection.prepareStatement(SAVE)) {
      new Parameters(connection, statement)
          .array("uuid", refunds, Refund::id)
          .array("integer", refunds, Refund::attempts)
          .array("timestamptz", refunds, Refund::dueAt);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  @Override
  public void done(Collection<Refund> refunds, Instant at, UnitOfWork tx) {
    if (refunds.isEmpty()) {
      return;
    }
    Connection connection = tx.resource(Connection.class);
    try (PreparedStatement statement = connection.prepareStatement(DONE)) {
      new Parameters(connection, statement).time(at).ids(refunds.stream().map(Refund::id).toList());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  private static List<Refund> refunds(PreparedStatement statement) throws SQLException {
    List<Refund> refunds = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        refunds.add(
            new Refund(
                row.getObject("id", UUID.class),
                row.getObject("payment_id", UUID.class),
                new Money(row.getBigDecimal("amount"), row.getString("currency")),
                row.getString("reason"),
                new Trail(
                    row.getString("correlation_id"),
                    row.getObject("causation_id", UUID.class),
                    row.getString("traceparent"),
                    row.getString("tracestate")),
                row.getInt("attempts"),
                requireNonNull(Parameters.instant(row, "due_at")),
                requireNonNull(Parameters.instant(row, "created_at"))));
      }
    }
    return refunds;
  }
}
