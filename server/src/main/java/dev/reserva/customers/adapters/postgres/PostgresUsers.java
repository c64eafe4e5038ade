package dev.reserva.customers.adapters.postgres;

import dev.reserva.customers.application.Users;
import dev.reserva.customers.domain.User;
import dev.reserva.customers.domain.UserRole;
import dev.reserva.messaging.UnitOfWork;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** {@code customers.user_account} */
public final class PostgresUsers implements Users {

  private static final String COLUMNS =
      """
      select login, password_hash, array_to_string(roles, ',') as roles, customer_id, active,
             created_at
      from customers.user_account
      """;

  private static final String FIND = COLUMNS + "where login = ?";

  private static final String OF_CUSTOMER = COLUMNS + "where customer_id = ?";

  private static final String STAFF =
      COLUMNS
          + """
          where customer_id is null and login > :after
          order by login
          limit :limit
          """;

  private static final String ADD =
      """
      insert into customers.user_account
        (login, password_hash, roles, customer_id, active, created_at)
      values (?, ?, string_to_array(?, ','), cast(? as uuid), ?, ?)
      on conflict (login) do nothing
      """;

  private static final String UPDATE_OF_CUSTOMER =
      """
      update customers.user_account
      set login = ?, password_hash = ?, active = ?
      where customer_id = ?
      """;

  private static final String DEACTIVATE_STAFF =
      """
      update customers.user_account
      set active = false
      where login = ? and customer_id is null and active
      """;

  @Override
  public Optional<User> find(String login, UnitOfWork tx) {
    return sql(tx).sql(FIND).param(login).query(PostgresUsers::user).optional();
  }

  @Override
  public Optional<User> ofCustomer(UUID customerId, UnitOfWork tx) {
    return sql(tx).sql(OF_CUSTOMER).param(customerId).query(PostgresUsers::user).optional();
  }

  @Override
  public List<User> staff(@Nullable String after, int limit, UnitOfWork tx) {
    return sql(tx)
        .sql(STAFF)
        .param("after", after == null ? "" : after)
        .param("limit", limit)
        .query(PostgresUsers::user)
        .list();
  }

  @Override
  public boolean add(User user, UnitOfWork tx) {
    UUID customerId = user.customerId();
    return sql(tx)
            .sql(ADD)
            .param(user.login())
            .param(user.passwordHash())
            .param(
                user.roles().stream().map(UserRole::wire).sorted().collect(Collectors.joining(",")))
            .param(customerId == null ? null : customerId.toString())
            .param(user.active())
            .param(user.createdAt().atOffset(ZoneOffset.UTC))
            .update()
        == 1;
  }

  @Override
  public void updateOfCustomer(User user, UnitOfWork tx) {
    sql(tx)
        .sql(UPDATE_OF_CUSTOMER)
        .param(user.login())
        .param(user.passwordHash())
        .param(user.active())
        .param(user.customerId())
        .update();
  }

  @Override
  public boolean deactivateStaff(String login, UnitOfWork tx) {
    return sql(tx).sql(DEACTIVATE_STAFF).param(login).update() == 1;
  }

  private static JdbcClient sql(UnitOfWork tx) {
    return JdbcClient.create(new SingleConnectionDataSource(tx.resource(Connection.class), true));
  }

  private static User user(ResultSet row, int number) throws SQLException {
    String names = "," + row.getString("roles") + ",";
    Set<UserRole> roles =
        Arrays.stream(UserRole.values())
            .filter(role -> names.contains("," + role.wire() + ","))
            .collect(Collectors.toUnmodifiableSet());
    return new User(
        row.getString("login"),
        row.getString("password_hash"),
        roles,
        row.getObject("customer_id", UUID.class),
        row.getBoolean("active"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
