package dev.reserva.messaging.store;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.Cursors;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.messaging.transport.LocalFlag;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Claims and cursors in {@code messaging.subscription}. The database's clock judges leases.
 *
 * <p>Locks are taken in one order: the subscription's row, then the log's head.
 */
public final class PostgresCursors implements Cursors {

  /**
   * A new subscription ignores flags of events before it, which a former owner of its number left.
   */
  private static final String INTRODUCE =
      """
      insert into messaging.subscription (name, position, number, flags_from)
      select ?, coalesce((select min(first_position) - 1 from messaging.log_segment), 0),
        (select min(number) from generate_series(0, %d) as number
          where number not in (select number from messaging.subscription where number is not null)),
        (select max(position) from messaging.log_end)
      on conflict do nothing
      """
          .formatted(LocalFlag.MAX_NUMBER);

  /**
   * A lease that reaches further than any does was given by a clock that ran ahead and has been set
   * right; it would keep everybody out for as long.
   */
  private static final String CLAIM =
      """
      with claimed as (
        update messaging.subscription
        set epoch = epoch + 1, owner = ?, lease_until = clock_timestamp() + ? * interval '1 millisecond'
        where name = ? and (owner = ? or lease_until < clock_timestamp()
          or lease_until > clock_timestamp() + 2 * ? * interval '1 millisecond')
        returning name, epoch, position, number, flags_from
      ), head as (
        update messaging.log_head set generation = generation + 1
        where exists (select from claimed)
        returning generation, messaging.position_of_log_end() as log_end
      )
      select epoch, position, coalesce(number, -1) as number, flags_from, generation, log_end,
        exists (select from messaging.parked p where p.subscription = claimed.name) as parked
      from claimed, head
      """;

  private static final String RENEW =
      """
      update messaging.subscription
      set position = ?, delivered = delivered + ?, handled = handled + ?,
        lease_until = clock_timestamp() + ? * interval '1 millisecond'
      where name = ? and epoch = ? and position = ?
      """;
  private static final String RELEASE =
      """
      with released as (
        update messaging.subscription
        set position = ?, delivered = delivered + ?, handled = handled + ?,
          lease_until = '-infinity', owner = null
        where name = ? and epoch = ? and position = ?
        returning name
      )
      update messaging.log_head set generation = generation + 1 where exists (select from released)
      """;
  static final String LOCK = "select from messaging.subscription where name = ? for update";
  private static final String POSITION =
      "select position from messaging.subscription where name = ?";
  private static final String GENERATION =
      """
      select h.generation from messaging.log_head h, messaging.subscription s
      where s.name = ? and s.epoch = ?
      """;
  private static final String REWIND =
      """
      with head as (
        update messaging.log_head set generation = generation + 1
        returning messaging.position_of_log_end() as position
      )
      update messaging.subscription s
      set position = ?, flags_from = head.position, epoch = epoch + 1, owner = null,
        lease_until = '-infinity'
      from head where name = ?
      """;

  private final DataSource dataSource;

  public PostgresCursors(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public Optional<Claim> claim(String subscription, UUID owner, Duration lease) {
    return Sql.alone(
        dataSource,
        connection -> {
          Sql.update(connection, INTRODUCE, subscription);
          return Sql.query(
                  connection,
                  CLAIM,
                  row -> claim(subscription, row),
                  owner,
                  lease.toMillis(),
                  subscription,
                  owner,
                  lease.toMillis())
              .stream()
              .findFirst();
        });
  }

  private static Claim claim(String subscription, ResultSet row) throws SQLException {
    return new Claim(
        subscription,
        row.getLong("epoch"),
        row.getLong("position"),
        row.getBoolean("parked"),
        new LocalFlag(row.getInt("number"), row.getLong("flags_from")),
        row.getLong("generation"),
        row.getLong("log_end"));
  }

  @Override
  public boolean renew(Claim claim, Progress progress, Duration lease) {
    return Sql.alone(
            dataSource, connection -> Sql.update(connection, RENEW, moves(claim, progress, lease)))
        == 1;
  }

  @Override
  public void release(Claim claim, Progress progress) {
    Sql.alone(
        dataSource,
        connection ->
            Sql.update(
                connection,
                RELEASE,
                progress.position(),
                progress.delivered(),
                progress.handled(),
                claim.subscription(),
                claim.epoch(),
                claim.position()));
  }

  @Override
  public void advance(UnitOfWork tx, Claim claim, Progress progress, Duration lease) {
    Statements.of(tx)
        .write(
            updated -> {
              if (updated != 1) {
                throw new Fenced(claim.subscription());
              }
            },
            RENEW,
            moves(claim, progress, lease));
  }

  private static Object[] moves(Claim claim, Progress progress, Duration lease) {
    return new Object[] {
      progress.position(),
      progress.delivered(),
      progress.handled(),
      lease.toMillis(),
      claim.subscription(),
      claim.epoch(),
      claim.position()
    };
  }

  @Override
  public OptionalLong position(String subscription) {
    return number(POSITION, subscription);
  }

  @Override
  public OptionalLong generation(Claim claim) {
    return number(GENERATION, claim.subscription(), claim.epoch());
  }

  private OptionalLong number(String sql, Object... parameters) {
    return Sql.alone(
            dataSource, connection -> Sql.query(connection, sql, row -> row.getLong(1), parameters))
        .stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  @Override
  public boolean rewind(UnitOfWork tx, String subscription, long position) {
    Connection connection = Sql.connection(tx);
    return !Sql.query(connection, LOCK, row -> true, subscription).isEmpty()
        && Sql.update(connection, REWIND, position, subscription) == 1;
  }
}
