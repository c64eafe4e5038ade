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
 * <p>Order of locks: the subscription's row, then the log's head.
 */
public final class PostgresCursors implements Cursors {

  /**
   * A new subscription ignores flags of earlier events: a deleted subscription that had its number
   * may have set them.
   */
  private static final String INSERT_IF_NEW =
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
   * A subscription without an owner was released or rewound, and is claimed at once.
   *
   * <p>A lease that ends later than twice its length from now counts as expired: the clock that
   * granted it ran ahead and has been set right.
   */
  private static final String CLAIM =
      """
      with claimed as (
        update messaging.subscription
        set epoch = epoch + 1, owner = ?, lease_until = clock_timestamp() + ? * interval '1 millisecond'
        where name = ? and (owner is null or owner = ? or lease_until < clock_timestamp()
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

  private static final String MOVE_AND_RENEW =
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
  static final String LOCK_SUBSCRIPTION =
      "select from messaging.subscription where name = ? for update";
  private static final String SELECT_POSITION =
      "select position from messaging.subscription where name = ?";
  private static final String SELECT_GENERATION =
      """
      select h.generation from messaging.log_head h, messaging.subscription s
      where s.name = ? and s.epoch = ?
      """;

  /** The lease stays: whoever held it is about to claim the subscription again. */
  private static final String REWIND =
      """
      with head as (
        update messaging.log_head set generation = generation + 1
        returning messaging.position_of_log_end() as position
      )
      update messaging.subscription s
      set position = ?, flags_from = head.position, epoch = epoch + 1, owner = null
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
          Sql.update(connection, INSERT_IF_NEW, subscription);
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
            dataSource,
            connection ->
                Sql.update(connection, MOVE_AND_RENEW, parameters(claim, progress, lease)))
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
            MOVE_AND_RENEW,
            parameters(claim, progress, lease));
  }

  private static Object[] parameters(Claim claim, Progress progress, Duration lease) {
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
    return number(SELECT_POSITION, subscription);
  }

  @Override
  public OptionalLong generation(Claim claim) {
    return number(SELECT_GENERATION, claim.subscription(), claim.epoch());
  }

  private OptionalLong number(String sql, Object... values) {
    return Sql.alone(
            dataSource, connection -> Sql.query(connection, sql, row -> row.getLong(1), values))
        .stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  @Override
  public boolean rewind(UnitOfWork tx, String subscription, long position) {
    Connection connection = Sql.connection(tx);
    return !Sql.query(connection, LOCK_SUBSCRIPTION, row -> true, subscription).isEmpty()
        && Sql.update(connection, REWIND, position, subscription) == 1;
  }
}
