package dev.reserva.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program may do in its database, in a new data folder and in an existing one. */
class RolesIT {
  private static final String ROLE =
      "select concat_ws(' ', rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls)"
          + " from pg_roles where rolname = current_user";

  /** Everything that the role owns in this database, but not parts of a table. */
  private static final String OWNED =
      """
      select 'schema ' || nspname from pg_namespace where nspowner = current_user::regrole
      union all select relkind::text || ' ' || relnamespace::regnamespace || '.' || relname from pg_class
        where relowner = current_user::regrole and relkind in ('r', 'p', 'v', 'm', 'S')
      union all select 'routine ' || oid::regprocedure from pg_proc where proowner = current_user::regrole
      union all select typtype::text || ' ' || oid::regtype from pg_type
        where typowner = current_user::regrole and (typtype in ('d', 'e', 'r') or typtype = 'c' and typrelid in
          (select oid from pg_class where relkind = 'c'))
      union all select 'statistics ' || stxname from pg_statistic_ext where stxowner = current_user::regrole
      order by 1
      """;

  private static final List<String> OLD_SCHEMA =
      List.of(
          "create schema shop",
          "create domain shop.quantity as integer check (value > 0)",
          "create type shop.size as enum ('s', 'l')",
          "create type shop.span as (low int, high int)",
          "create sequence shop.number",
          "create table shop.stock (id bigint generated always as identity primary key, q shop.quantity)",
          "create table shop.log (at int) partition by range (at)",
          "create table shop.log_1 partition of shop.log for values from (0) to (10)",
          "create view shop.low as select * from shop.stock where q < 3",
          "create statistics shop.both on id, q from shop.stock",
          "create function shop.twice(n int) returns int language sql return n * 2",
          "create extension pg_stat_statements",
          "insert into shop.stock (q) values (7)");

  @TempDir private Path data;

  @Test
  void the_role_to_work_as_is_no_superuser_and_owns_its_schemas_only() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data);
        Connection connection = connect(postgres)) {
      assertThat(texts(connection, ROLE)).containsExactly("f f f f f");
      assertThat(texts(connection, OWNED)).isEmpty();
      execute(connection, "create schema shop");
      execute(connection, "create table shop.kept (id int)");
      assertThat(texts(connection, OWNED)).containsExactly("r shop.kept", "schema shop");
      for (String forbidden :
          List.of(
              "create table public.mine (id int)",
              "create database other",
              "create role other",
              "alter system set fsync = off",
              "alter database reserva owner to reserva",
              "copy shop.kept from program 'echo 1'",
              "copy shop.kept from '/etc/passwd'",
              "select pg_read_file('/etc/passwd')",
              "select rolpassword from pg_authid",
              "set role postgres")) {
        assertThatThrownBy(() -> execute(connection, forbidden))
            .as(forbidden)
            .isInstanceOf(SQLException.class)
            .hasMessageMatching("(?s).*(permission denied|must be owner).*");
      }
    }
  }

  @Test
  void the_superusers_password_is_another_one_that_only_the_owner_can_read() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
      Path password = data.resolve("postgres/superuser-password");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
          .isEqualTo("rw-------");
      assertThat(Files.readString(password)).hasSize(32).isNotEqualTo(postgres.password());
      assertThatThrownBy(() ->
              DriverManager.getConnection(postgres.jdbcUrl(), "postgres", postgres.password()))
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void the_superuser_of_an_existing_data_folder_is_demoted_and_keeps_its_data() throws Exception {
    anOldCluster(true);
    for (int start = 0; start < 2; start++) {
      try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data);
          Connection connection = connect(postgres)) {
        assertThat(texts(connection, ROLE)).containsExactly("f f f f f");
        assertThat(texts(connection, OWNED))
            .containsExactly(
                "S shop.number",
                "S shop.stock_id_seq",
                "c shop.span",
                "d shop.quantity",
                "e shop.size",
                "p shop.log",
                "r shop.log_1",
                "r shop.stock",
                "routine shop.twice(integer)",
                "schema shop",
                "statistics both",
                "v shop.low");
        assertThat(texts(connection, "select q::text from shop.stock")).containsExactly("7");
        assertThat(texts(connection, "select rolname from pg_roles where rolsuper"))
            .containsExactly("postgres");
      }
    }
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data);
        Connection connection = connect(postgres)) {
      execute(connection, "alter table shop.stock add column more int");
      execute(connection, "insert into shop.stock (q) values (8)");
      execute(connection, "drop table shop.log_1");
      execute(connection, "create schema another");
    }
  }

  @Test
  void a_cluster_whose_first_start_was_cut_short_is_taken_over_too() throws Exception {
    anOldCluster(false);
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data);
        Connection connection = connect(postgres)) {
      assertThat(texts(connection, ROLE)).containsExactly("f f f f f");
      execute(connection, "create schema shop");
    }
  }

  @Test
  void a_database_of_its_own_belongs_to_the_role() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
      String url = postgres.createDatabase("other");
      try (Connection connection =
          DriverManager.getConnection(url, postgres.user(), postgres.password())) {
        execute(connection, "create table mine (id int)");
      }
      assertThatThrownBy(() -> postgres.createDatabase("a; drop database reserva"))
          .hasMessageStartingWith("name must match");
    }
  }

  @Test
  void a_role_of_its_own_works_in_its_database_only_and_keeps_its_password() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
      DatabaseLogin sales = postgres.ownDatabase("sales");
      DatabaseLogin stock = postgres.ownDatabase("stock");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sales.passwordFile())))
          .isEqualTo("rw-------");
      String password = Files.readString(sales.passwordFile());
      try (Connection connection = connect(sales)) {
        assertThat(texts(connection, ROLE)).containsExactly("f f f f f");
        execute(connection, "create schema shop");
      }
      for (String other : List.of(stock.url(), postgres.jdbcUrl())) {
        assertThatThrownBy(() -> DriverManager.getConnection(other, "sales", password))
            .hasMessageContaining("permission denied for database");
      }
      assertThatThrownBy(
              () -> DriverManager.getConnection(sales.url(), postgres.user(), postgres.password()))
          .hasMessageContaining("permission denied for database");
    }
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data);
        Connection connection = connect(postgres.ownDatabase("sales"))) {
      execute(connection, "create table shop.kept (id int)");
      assertThatThrownBy(() -> postgres.ownDatabase("A")).hasMessageStartingWith("name must match");
    }
  }

  /** As earlier versions made it: the program worked as the superuser. */
  private void anOldCluster(boolean withDatabase) throws Exception {
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "reserva");
    String configured = System.getenv("RESERVA_CACHE");
    Cluster cluster =
        new Cluster(
            Binaries.unpacked(configured == null ? cache : Path.of(configured)),
            Folders.createPrivate(data.resolve("postgres")));
    Path password = Files.writeString(data.resolve("postgres/password"), "the-old-password");
    Programs.run(
        Programs.unprivileged(
            cluster.binaries().program("initdb"),
            List.of(
                "--pgdata=" + cluster.files(),
                "--username=reserva",
                "--pwfile=" + password,
                "--auth=scram-sha-256")));
    if (!withDatabase) {
      return;
    }
    int port = 54_329;
    Postmaster postmaster =
        Postmaster.start(
            cluster,
            Settings.forThisMachine()
                .with(Map.of("shared_preload_libraries", "pg_stat_statements"))
                .with(port, cluster.socketFolder()));
    try {
      String url = "jdbc:postgresql://127.0.0.1:" + port + "/";
      try (Connection connection =
          DriverManager.getConnection(url + "postgres", "reserva", "the-old-password")) {
        execute(connection, "create database reserva");
      }
      try (Connection connection =
          DriverManager.getConnection(url + "reserva", "reserva", "the-old-password")) {
        for (String statement : OLD_SCHEMA) {
          execute(connection, statement);
        }
      }
    } finally {
      postmaster.stop();
    }
  }

  private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  private static Connection connect(DatabaseLogin login) throws Exception {
    return DriverManager.getConnection(
        login.url(), login.user(), Files.readString(login.passwordFile()));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
