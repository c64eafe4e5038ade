package dev.reserva.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The roles of a cluster.
 *
 * <ul>
 *   <li>{@value #SERVICES} is what the program works as. It is no superuser; it may create schemas
 *       in its database and owns those only.
 *   <li>A role of another database is no superuser either, and may do the same in its database
 *       only.
 *   <li>{@value #SUPERUSER} is the superuser. Only the set-up in this class uses it.
 * </ul>
 *
 * <p>In a cluster of an earlier version the program worked as its superuser. {@link
 * #demoteServices} mends that in one transaction.
 */
final class Roles {
  static final String SERVICES = "reserva";
  static final String SUPERUSER = "postgres";

  private static final Logger log = LoggerFactory.getLogger(Roles.class);

  /** The database that each cluster has. */
  private static final String MAINTENANCE_DATABASE = "postgres";

  private static final String WRONG_PASSWORD = "28P01";
  private static final String NO_SUCH_DATABASE = "3D000";

  private static final String SELECT_ROLE = "select true from pg_roles where rolname = ?";

  private static final String SELECT_DATABASE =
      "select has_database_privilege(?::name, datname::text, 'create') from pg_database where datname = ?";

  private static final String CREATE_ROLE =
      "create role %s login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password '%s'";

  /** What PostgreSQL allows everybody in a new database is withdrawn. */
  private static final String GRANT_DATABASE =
      """
      revoke all on database %1$s from public;
      grant connect, create, temporary on database %1$s to %2$s
      """;

  /**
   * The role of a session cannot be renamed, so the session becomes another superuser, which exists
   * in this transaction only.
   */
  private static final String RENAME_SUPERUSER =
      """
      create role reserva_upgrade superuser;
      set local session authorization reserva_upgrade;
      alter role reserva rename to postgres
      """;

  /** The superuser keeps its objects of the system: PostgreSQL needs them. */
  private static final String GIVE_TO_SERVICES =
      """
      do $$
      declare
        change text;
      begin
        for change in
          select format('alter schema %I owner to reserva', nspname)
          from pg_namespace
          where nspowner = 'postgres'::regrole and nspname !~ '^pg_' and nspname not in ('information_schema', 'public')
          union all
          select format('alter %s %I.%I owner to reserva',
              case relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'materialized view'
                when 'f' then 'foreign table' else 'table' end,
              nspname, relname)
          from pg_class join pg_namespace on pg_namespace.oid = relnamespace
          where relowner = 'postgres'::regrole and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
            and nspname !~ '^pg_' and nspname <> 'information_schema'
            and not exists (
              select from pg_depend
              where classid = 'pg_class'::regclass and objid = pg_class.oid
                -- The sequence of a column goes with its table, a member of an extension stays.
                and (deptype = 'e' or relkind = 'S' and deptype in ('a', 'i')))
          union all
          select format('alter routine %s owner to reserva', pg_proc.oid::regprocedure)
          from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
          where proowner = 'postgres'::regrole and nspname !~ '^pg_' and nspname <> 'information_schema'
            and not exists (
              select from pg_depend where classid = 'pg_proc'::regclass and objid = pg_proc.oid and deptype = 'e')
          union all
          select format('alter %s %s owner to reserva', case typtype when 'd' then 'domain' else 'type' end,
              pg_type.oid::regtype)
          from pg_type join pg_namespace on pg_namespace.oid = typnamespace
            left join pg_class on pg_class.oid = typrelid
          where typowner = 'postgres'::regrole and nspname !~ '^pg_' and nspname <> 'information_schema'
            and (typtype in ('d', 'e', 'r') or typtype = 'c' and relkind = 'c')
            and not exists (
              select from pg_depend where classid = 'pg_type'::regclass and objid = pg_type.oid and deptype = 'e')
          union all
          select format('alter statistics %I.%I owner to reserva', nspname, stxname)
          from pg_statistic_ext join pg_namespace on pg_namespace.oid = stxnamespace
          where stxowner = 'postgres'::regrole
        loop
          execute change;
        end loop;
      end $$
      """;

  private static final String DROP_UPGRADE_ROLE =
      "reset session authorization; drop role reserva_upgrade";

  private final int port;
  private final String servicesPassword;
  private final String superuserPassword;

  /**
   * @param port of the running server
   */
  Roles(int port, String servicesPassword, String superuserPassword) {
    this.port = port;
    this.servicesPassword = servicesPassword;
    this.superuserPassword = superuserPassword;
  }

  /**
   * Creates the role of the services and its database unless they exist.
   *
   * @param database in which the role may create schemas
   */
  void prepare(String database) throws SQLException {
    try (Connection connection = superuser(database)) {
      prepare(connection, database, SERVICES, servicesPassword);
    }
  }

  /**
   * Creates a role and its database unless they exist.
   *
   * @param name of both
   */
  void prepareOwn(String name, String password) throws SQLException {
    try (Connection connection = connect(MAINTENANCE_DATABASE, SUPERUSER, superuserPassword)) {
      prepare(connection, name, name, password);
    }
  }

  private static void prepare(Connection superuser, String database, String role, String password)
      throws SQLException {
    try (Statement statement = superuser.createStatement()) {
      if (find(superuser, SELECT_ROLE, role).isEmpty()) {
        statement.execute(CREATE_ROLE.formatted(role, password));
      }
      if (find(superuser, SELECT_DATABASE, role, database).isEmpty()) {
        statement.execute("create database " + database);
      }
      if (!find(superuser, SELECT_DATABASE, role, database).orElse(false)) {
        statement.execute(GRANT_DATABASE.formatted(database, role));
      }
    }
  }

  /** Creates an empty database that belongs to the role of the services. */
  void createDatabase(String name) throws SQLException {
    try (Connection connection = connect(MAINTENANCE_DATABASE, SUPERUSER, superuserPassword);
        Statement statement = connection.createStatement()) {
      statement.execute("create database %s owner %s".formatted(name, SERVICES));
    }
  }

  private Connection superuser(String database) throws SQLException {
    try {
      return connect(MAINTENANCE_DATABASE, SUPERUSER, superuserPassword);
    } catch (SQLException e) {
      if (!WRONG_PASSWORD.equals(e.getSQLState())) {
        throw e;
      }
    }
    // PostgreSQL answers alike whether the role or its password is unknown.
    demoteServices(database);
    return connect(MAINTENANCE_DATABASE, SUPERUSER, superuserPassword);
  }

  /** Renames the superuser of an earlier version and gives what it owned to a new role. */
  private void demoteServices(String database) throws SQLException {
    try (Connection connection = asServicesIn(database);
        Statement statement = connection.createStatement()) {
      boolean hasDatabase = connection.getCatalog().equals(database);
      connection.setAutoCommit(false);
      statement.execute(RENAME_SUPERUSER);
      statement.execute("alter role postgres password '" + superuserPassword + "'");
      statement.execute(CREATE_ROLE.formatted(SERVICES, servicesPassword));
      if (hasDatabase) {
        statement.execute(GRANT_DATABASE.formatted(database, SERVICES));
      }
      statement.execute(GIVE_TO_SERVICES);
      statement.execute(DROP_UPGRADE_ROLE);
      connection.commit();
      log.info("postgres role is no superuser any more: role={} superuser={}", SERVICES, SUPERUSER);
    }
  }

  private Connection asServicesIn(String database) throws SQLException {
    try {
      return connect(database, SERVICES, servicesPassword);
    } catch (SQLException e) {
      if (!NO_SUCH_DATABASE.equals(e.getSQLState())) {
        throw e;
      }
      return connect(MAINTENANCE_DATABASE, SERVICES, servicesPassword);
    }
  }

  private Connection connect(String database, String user, String password) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, login);
  }

  /** The first row's only column; empty if there is no row. */
  private static Optional<Boolean> find(Connection connection, String query, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getBoolean(1)) : Optional.empty();
      }
    }
  }
}
