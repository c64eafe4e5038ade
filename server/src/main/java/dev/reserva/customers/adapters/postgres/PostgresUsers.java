package dev.reserva.customers.adapters.postgres;

import dev.reserva.customers.application.Users;
import dev.reserva.customers.domain.User;
import dev.reserva.customers.domain.UserRole;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code customers.user_account} */
public final class PostgresUsers implements Users {

  private static final String COLUMNS =
      """
      select id, login, password_hash, array_to_string(roles, ',') as roles, customer_id, active,
             version, created_at
      from customers.user_account
      """;

  private static final String FIND = COLUMNS + "where login = ?";

  private static final String FIND_ACCOUNT = COLUMNS + "where id = ?";

  private static final String LOCK = FIND + " for update";

  private static final String LOCK_ACCOUNT = COLUMNS + "where id = ? for update";

  private static final String OF_CUSTOMER = COLUMNS + "where customer_id = ?";

  private static final String HOLD = COLUMNS + "where id = ? for share";

  private static final String STAFF =
      COLUMNS
          + """
          where customer_id is null and login > ?
          order by login
          limit ?
          """;

  private static final String ADD =
      """
      insert into customers.user_account
        (id, login, password_hash, roles, customer_id, active, version, created_at)
      values (?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (login) do nothing
      """;

  private static final String UPDATE_OF_CUSTOMER =
      """
      update customers.user_account
      set login = ?, password_hash = ?, active = ?
      where customer_id = ?
      """;

  private static final String SET_PASSWORD =
      "update customers.user_account set password_hash = ? where id = ?";

  private static final String REPLACE_HASH =
      """
      update customers.user_account
      set password_hash = ?
      where login = ? and password_hash = ?
      """;

  private static final String UPDATE_STAFF =
      """
      update customers.user_account
      set password_hash = ?, roles = ?, active = ?
      where login = ? and customer_id is null
      """;

  private static final String RAISE_VERSION =
      """
      update customers.user_account
      set version = version + 1
      where id = ?
      returning version
      """;

  private static final String LOCK_ADMINISTRATORS =
      "select pg_advisory_xact_lock(hashtextextended('customers.administrators', 0))";

  private static final String HAS_OTHER_ADMINISTRATOR =
      """
      select exists (
        select 1 from customers.user_account
        where active and 'admin' = any (roles) and login <> ?) as found
      """;

  @Override
  public Optional<User> find(String login, UnitOfWork tx) {
    return Statements.of(tx).query(FIND, PostgresUsers::user, login).stream().findFirst();
  }

  @Override
  public Optional<User> find(UUID account, UnitOfWork tx) {
    return Statements.of(tx).query(FIND_ACCOUNT, PostgresUsers::user, account).stream().findFirst();
  }

  @Override
  public Optional<User> lock(String login, UnitOfWork tx) {
    return Statements.of(tx).query(LOCK, PostgresUsers::user, login).stream().findFirst();
  }

  @Override
  public Optional<User> lock(UUID account, UnitOfWork tx) {
    return Statements.of(tx).query(LOCK_ACCOUNT, PostgresUsers::user, account).stream().findFirst();
  }

  @Override
  public Optional<User> ofCustomer(UUID customerId, UnitOfWork tx) {
    return Statements.of(tx).query(OF_CUSTOMER, PostgresUsers::user, customerId).stream()
        .findFirst();
  }

  @Override
  public Optional<User> hold(UUID account, UnitOfWork tx) {
    return Statements.of(tx).query(HOLD, PostgresUsers::user, account).stream().findFirst();
  }

  @Override
  public List<User> staff(@Nullable String after, int limit, UnitOfWork tx) {
    return Statements.of(tx).query(STAFF, PostgresUsers::user, after == null ? "" : after, limit);
  }

  @Override
  public boolean add(User user, UnitOfWork tx) {
    return Statements.of(tx)
            .update(
                ADD,
                user.id(),
                user.login(),
                user.passwordHash(),
                roles(user),
                user.customerId(),
                user.active(),
                user.version(),
                user.createdAt())
        == 1;
  }

  @Override
  public void updateOfCustomer(User user, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            UPDATE_OF_CUSTOMER,
            user.login(),
            user.passwordHash(),
            user.active(),
            user.customerId());
  }

  @Override
  public OptionalInt raiseVersion(UUID account, UnitOfWork tx) {
    return Statements.of(tx).query(RAISE_VERSION, row -> row.getInt("version"), account).stream()
        .mapToInt(Integer::intValue)
        .findFirst();
  }

  @Override
  public void setPassword(UUID account, String hash, UnitOfWork tx) {
    Statements.of(tx).write(SET_PASSWORD, hash, account);
  }

  @Override
  public void replaceHash(String login, String before, String after, UnitOfWork tx) {
    Statements.of(tx).write(REPLACE_HASH, after, login, before);
  }

  @Override
  public void updateStaff(User user, UnitOfWork tx) {
    Statements.of(tx)
        .write(UPDATE_STAFF, user.passwordHash(), roles(user), user.active(), user.login());
  }

  @Override
  public void lockAdministrators(UnitOfWork tx) {
    Statements.of(tx).query(LOCK_ADMINISTRATORS, row -> true);
  }

  @Override
  public boolean hasOtherAdministrator(String login, UnitOfWork tx) {
    return Statements.of(tx)
        .query(HAS_OTHER_ADMINISTRATOR, row -> row.getBoolean("found"), login)
        .getFirst();
  }

  private static String[] roles(User user) {
    return user.roles().stream().map(UserRole::wire).sorted().toArray(String[]::new);
  }

  private static User user(ResultSet row) throws SQLException {
    String names = "," + row.getString("roles") + ",";
    Set<UserRole> roles =
        Arrays.stream(UserRole.values())
            .filter(role -> names.contains("," + role.wire() + ","))
            .collect(Collectors.toUnmodifiableSet());
    return new User(
        Rows.uuid(row, "id"),
        row.getString("login"),
        row.getString("password_hash"),
        roles,
        row.getObject("customer_id", UUID.class),
        row.getBoolean("active"),
        row.getInt("version"),
        Rows.instant(row, "created_at"));
  }
}
