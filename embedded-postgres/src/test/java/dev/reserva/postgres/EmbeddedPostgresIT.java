package dev.reserva.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path data;

  @Test
  void data_survive_a_restart() {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
      execute(postgres, "create schema mine");
      execute(postgres, "create table mine.kept (id int)");
      execute(postgres, "insert into mine.kept values (42)");
    }
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
      assertThat(number(postgres, "select id from mine.kept")).isEqualTo(42);
    }
  }

  @Test
  void it_waits_for_the_disk_and_checks_its_pages() {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
      assertThat(text(postgres, "show fsync")).isEqualTo("on");
      assertThat(text(postgres, "show synchronous_commit")).isEqualTo("on");
      assertThat(text(postgres, "show data_checksums")).isEqualTo("on");
      assertThat(
              text(
                  postgres,
                  "select concat_ws(' ', datlocprovider, datlocale) from pg_database where datname ="
                      + " current_database()"))
          .isEqualTo("b C.UTF-8");
    }
  }

  @Test
  void nobody_gets_in_without_the_password_that_only_the_owner_can_read() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
      Path password = data.resolve("postgres/password");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
          .isEqualTo("rw-------");
      assertThat(Files.readString(password)).isEqualTo(postgres.password()).hasSize(32);
      assertThatThrownBy(
              () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "wrong"))
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void a_killed_server_comes_back_on_the_same_port_with_what_was_committed() {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
      execute(postgres, "create schema mine");
      execute(postgres, "create table mine.kept (id int)");
      execute(postgres, "insert into mine.kept values (42)");
      String url = postgres.jdbcUrl();
      long before = postgres.pid();

      kill(before);

      await().atMost(SOON).until(postgres::repairs, repairs -> repairs == 1);
      assertThat(postgres.status()).isEqualTo(EmbeddedPostgres.Status.RUNNING);
      assertThat(postgres.pid()).isNotEqualTo(before);
      assertThat(postgres.jdbcUrl()).isEqualTo(url);
      assertThat(number(postgres, "select id from mine.kept")).isEqualTo(42);
    }
  }

  @Test
  void a_server_killed_while_its_sessions_work_comes_back_too() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data);
        Connection busy = connect(postgres);
        Statement statement = busy.createStatement()) {
      Thread query =
          Thread.ofVirtual()
              .start(() ->
                  assertThatThrownBy(() -> statement.execute("select pg_sleep(60)"))
                      .isInstanceOf(SQLException.class));
      await()
          .atMost(SOON)
          .until(() ->
              number(
                      postgres,
                      "select count(*) from pg_stat_activity where query like 'select pg_sle%'")
                  == 1);

      kill(postgres.pid());

      await().atMost(SOON).until(postgres::repairs, repairs -> repairs == 1);
      assertThat(number(postgres, "select 1")).isEqualTo(1);
      assertThat(query.join(SOON)).isTrue();
    }
  }

  @Test
  void a_second_start_on_the_folder_is_refused_within_the_process() {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> EmbeddedPostgres.start(data))
            .isInstanceOf(DataFolderInUse.class)
            .hasMessage(
                "data folder %s is in use by process %d"
                    .formatted(postgres.dataFolder(), ProcessHandle.current().pid()));
      }
      assertThat(number(postgres, "select 1")).isEqualTo(1);
    }
  }

  @Test
  void a_second_start_on_the_folder_is_refused_across_processes() throws Exception {
    Child child = Child.start(data);
    try {
      assertThatThrownBy(() -> EmbeddedPostgres.start(data))
          .isInstanceOf(DataFolderInUse.class)
          .hasMessageEndingWith("is in use by process " + child.process.pid());
    } finally {
      child.kill();
    }
  }

  @Test
  void a_killed_program_leaves_no_server_behind() throws Exception {
    Child child = Child.start(data);
    ProcessHandle server = ProcessHandle.of(child.postgres).orElseThrow();

    child.kill();

    await().atMost(SOON).until(() -> !server.isAlive());
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
      assertThat(number(postgres, "select 1")).isEqualTo(1);
    }
  }

  @Test
  void a_server_that_outlived_its_program_and_its_guard_is_stopped_before_the_start()
      throws Exception {
    Child child = Child.start(data);
    ProcessHandle server = ProcessHandle.of(child.postgres).orElseThrow();
    ProcessHandle shell = server.parent().orElseThrow();
    // The shell and its helper that waits on the pipe; with both gone nobody tells the server.
    List<ProcessHandle> guards =
        shell.descendants().filter(h -> h.info().command().orElse("").endsWith("sh")).toList();
    assertThat(guards).hasSize(1);
    guards.forEach(ProcessHandle::destroyForcibly);
    shell.destroyForcibly();
    child.kill();
    assertThat(server.isAlive()).isTrue();

    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
      assertThat(server.isAlive()).isFalse();
      assertThat(number(postgres, "select 1")).isEqualTo(1);
    }
  }

  @Test
  void a_killed_program_and_a_killed_server_lose_nothing_that_was_committed() throws Exception {
    Child child = Child.start(data);
    child.kill();
    ProcessHandle.of(child.postgres).ifPresent(ProcessHandle::destroyForcibly);

    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
      assertThat(number(postgres, "select id from mine.kept")).isEqualTo(42);
    }
  }

  @Test
  void a_stale_pid_file_that_names_a_stranger_harms_neither() throws Exception {
    EmbeddedPostgres.start(data).close();
    Process stranger = new ProcessBuilder("sleep", "60").start();
    try {
      Path pidFile = data.resolve("postgres/cluster/postmaster.pid");
      Files.writeString(
          pidFile,
          "%d\n%s\n1\n5432\n\n127.0.0.1\n  123 456\nready   \n"
              .formatted(stranger.pid(), pidFile.getParent()));

      try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
        assertThat(number(postgres, "select 1")).isEqualTo(1);
      }
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void an_initialisation_that_was_cut_short_is_done_anew() throws Exception {
    Path half = Files.createDirectories(data.resolve("postgres/cluster.new/base"));
    Files.writeString(half.resolve("1"), "half");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
      assertThat(number(postgres, "select 1")).isEqualTo(1);
    }
  }

  @Test
  void data_of_another_major_version_are_refused_and_left_alone() throws Exception {
    EmbeddedPostgres.start(data).close();
    Files.writeString(data.resolve("postgres/cluster/PG_VERSION"), "17\n");
    assertThatThrownBy(() -> EmbeddedPostgres.start(data))
        .isInstanceOf(PostgresFailure.class)
        .hasMessageContaining("belong to PostgreSQL 17, but this program contains PostgreSQL 18");
  }

  @Test
  void a_setting_that_does_not_exist_is_told_with_the_servers_words() {
    assertThatThrownBy(() -> EmbeddedPostgres.in(data).setting("no_such_setting", "1").start())
        .isInstanceOf(PostgresFailure.class)
        .hasMessageContaining("unrecognized configuration parameter \"no_such_setting\"");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
      assertThat(number(postgres, "select 1")).isEqualTo(1);
    }
  }

  @Test
  void the_programs_are_unpacked_where_they_are_wanted() {
    Path cache = data.resolve("cache");
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.in(data.resolve("data")).cache(cache).start()) {
      assertThat(number(postgres, "select 1")).isEqualTo(1);
      assertThat(cache).isDirectoryContaining("glob:**/postgres-18.*");
    }
  }

  /** A secret in the environment of this program is none of the database's business. */
  @Test
  void the_servers_processes_inherit_no_variable_but_those_they_need() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
      ProcessHandle server = ProcessHandle.of(postgres.pid()).orElseThrow();
      // The server's own children show their state where their environment was.
      for (ProcessHandle process : List.of(server, server.parent().orElseThrow())) {
        // The tests run with such a variable: see the module's pom.xml.
        assertThat(System.getenv("RESERVA_TEST_SECRET")).isEqualTo("hush");
        assertThat(Files.readString(Path.of("/proc/" + process.pid() + "/environ")))
            .contains("PATH=")
            .doesNotContain("RESERVA", "hush");
      }
    }
  }

  @Test
  void closing_twice_is_fine() {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(data);
    postgres.close();
    postgres.close();
    assertThat(postgres.status()).isEqualTo(EmbeddedPostgres.Status.CLOSED);
  }

  private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  static void execute(EmbeddedPostgres postgres, String sql) {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  private static String text(EmbeddedPostgres postgres, String sql) {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  private static int number(EmbeddedPostgres postgres, String sql) {
    return Integer.parseInt(text(postgres, sql));
  }

  private static void kill(long pid) {
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
  }

  /**
   * A program of its own that runs on a data folder.
   *
   * @param postgres the process of its server
   */
  private record Child(Process process, long postgres) {

    static Child start(Path data) throws IOException {
      Process process =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  HoldPostgres.class.getName(),
                  data.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader output = process.inputReader(UTF_8);
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(HoldPostgres.READY)) {
          return new Child(process, Long.parseLong(line.substring(HoldPostgres.READY.length())));
        }
      }
      throw new AssertionError("the program ended without a server");
    }

    void kill() throws InterruptedException {
      process.destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}
