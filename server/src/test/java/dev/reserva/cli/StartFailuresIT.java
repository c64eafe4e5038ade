package dev.reserva.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.postgres.EmbeddedPostgres;
import dev.reserva.postgres.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The terminal output of a failed start: the reason and the path of the log, in at most five lines.
 */
@Isolated("it watches the standard streams of the process")
class StartFailuresIT {

  private static final Pattern LOG = Pattern.compile("The log of this start is in (\\S+)");

  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void choose() {
    data = folder.resolve("data");
  }

  private record Failed(String said, Path log) {}

  /** Starts a server as {@code up} does and returns what the terminal shows. */
  private Failed fail(String... properties) throws Exception {
    return fail(data, properties);
  }

  private static Failed fail(Path data, String... properties) throws Exception {
    return fail(data, Duration.ofMinutes(1), properties);
  }

  private static Failed fail(Path data, Duration usual, String... properties) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--reserva.data=" + data));
    if (Arrays.stream(properties).noneMatch(property -> property.startsWith("server.port="))) {
      arguments.add("--server.port=0");
    }
    for (String property : properties) {
      arguments.add("--" + property);
    }
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    String message;
    try (PrintStream watched = new PrintStream(shown, true, StandardCharsets.UTF_8)) {
      System.setOut(watched);
      System.setErr(watched);
      QuietStart.run(data, arguments, usual).close();
      message = "it started";
    } catch (CommandFailure e) {
      message = "reserva: " + e.getMessage();
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    String said = shown.toString(StandardCharsets.UTF_8) + message;
    Matcher log = LOG.matcher(said);
    assertThat(log.find()).as(said).isTrue();
    assertThat(said.lines()).as(said).hasSizeLessThanOrEqualTo(5);
    assertThat(said).doesNotContain("\tat ");
    return new Failed(said, Path.of(log.group(1)));
  }

  private static String[] database(String url, String password, String... more) {
    List<String> properties =
        new ArrayList<>(
            List.of(
                "reserva.database.url=" + url,
                "reserva.database.username=" + TestPostgres.server().user(),
                "reserva.database.password=" + password));
    properties.addAll(List.of(more));
    return properties.toArray(String[]::new);
  }

  private static String freshDatabase() {
    return TestPostgres.server().jdbcUrl(TestPostgres.freshDatabaseName());
  }

  @Test
  void a_wrong_password_of_the_database() throws Exception {
    Failed failed = fail(database(freshDatabase(), "a wrong password"));
    assertThat(failed.said())
        .contains("refuses the user \"%s\"".formatted(TestPostgres.server().user()))
        .contains("reserva.database.password")
        .contains("password authentication failed")
        .doesNotContain("a wrong password");
    assertThat(failed.log()).isEqualTo(data.toRealPath().resolve("start.log"));
    assertThat(failed.log()).content().contains("UnusableDatabase").contains("\tat ");
  }

  @Test
  void a_database_that_is_not_reachable() throws Exception {
    String url = "jdbc:postgresql://127.0.0.1:%d/shop".formatted(closedPort());
    Failed failed = fail(database(url, "x", "reserva.database.start-timeout=100ms"));
    assertThat(failed.said())
        .contains("no database answers at " + url + " within 0.1 s")
        .contains("Connection refused");
  }

  @Test
  void a_start_that_waits_for_long_says_so_once() throws Exception {
    String url = "jdbc:postgresql://127.0.0.1:%d/shop".formatted(closedPort());
    Failed failed =
        fail(data, Duration.ofMillis(50), database(url, "x", "reserva.database.start-timeout=3s"));
    assertThat(failed.said())
        .containsOnlyOnce("Reserva is still starting; see " + failed.log())
        .contains("no database answers at " + url + " within 3 s");
  }

  @Test
  void a_database_that_does_not_exist() throws Exception {
    String url = TestPostgres.server().jdbcUrl("nowhere");
    assertThat(fail(database(url, TestPostgres.server().password())).said())
        .contains("the database at " + url + " cannot be used")
        .contains("\"nowhere\" does not exist");
  }

  @Test
  void an_ill_formed_url() throws Exception {
    assertThat(fail(database("localhost:5432", "x")).said())
        .contains("reserva.database.url must be like jdbc:postgresql://localhost:5432/reserva");
  }

  @Test
  void a_database_that_is_newer_than_the_program() throws Exception {
    try (HikariDataSource database = TestPostgres.freshDatabase()) {
      JdbcTemplate sql = new JdbcTemplate(database);
      String[] properties =
          database(
              database.getJdbcUrl(), TestPostgres.server().password(), "reserva.services=sales");
      sql.execute("create schema sales");
      sql.execute(
          """
          create table sales.schema_history (installed_rank int primary key, version varchar(50),
            description varchar(200) not null, type varchar(20) not null, script varchar(1000) not null,
            checksum int, installed_by varchar(100) not null, installed_on timestamp not null default now(),
            execution_time int not null, success boolean not null)
          """);
      sql.update(
          """
          insert into sales.schema_history (installed_rank, version, description, type, script, checksum,
            installed_by, execution_time, success)
          values (1, '999', 'of the future', 'SQL', 'V999__of_the_future.sql', 1, 'x', 1, true)
          """);

      Failed failed = fail(properties);

      assertThat(failed.said())
          .contains("used by a newer version of Reserva")
          .contains("schema sales has migration 999");
      assertThat(
              sql.queryForObject(
                  "select count(*) from pg_namespace where nspname in ('messaging', 'platform')",
                  Long.class))
          .as("schemas that were made")
          .isZero();
    }
  }

  @Test
  void a_port_that_is_taken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      Failed failed =
          fail(
              database(
                  freshDatabase(),
                  TestPostgres.server().password(),
                  "server.port=" + taken.getLocalPort()));
      assertThat(failed.said())
          .contains("port %d is in use by another program".formatted(taken.getLocalPort()))
          .contains("--port");
    }
  }

  @Test
  void a_secret_of_privacy_that_the_database_was_not_used_with() throws Exception {
    String url = freshDatabase();
    String password = TestPostgres.server().password();
    try (ServerSocket taken = new ServerSocket(0)) {
      // The secret of the data folder is recorded before the port is found to be taken.
      assertThat(fail(database(url, password, "server.port=" + taken.getLocalPort())).said())
          .contains("is in use");
    }
    String another = "of another database".repeat(2);
    assertThat(fail(database(url, password, "reserva.privacy.secret=" + another)).said())
        .contains("reserva.privacy.secret is not the one that this database was used with")
        .contains("reserva.privacy.former-secrets")
        .doesNotContain(another);
  }

  @Test
  void a_value_that_is_out_of_range() throws Exception {
    assertThat(fail("reserva.database.pool-size=1").said())
        .contains("reserva.database.pool-size must be 2..500, was 1");
  }

  @Test
  void a_value_of_the_wrong_type() throws Exception {
    assertThat(fail("reserva.database.pool-size=many").said())
        .contains("reserva.database.pool-size must be a whole number such as 16, was \"many\"");
    assertThat(fail("reserva.database.start-timeout=soon").said())
        .contains(
            "reserva.database.start-timeout must be a duration such as 15m, 2s or 250ms, was"
                + " \"soon\"");
  }

  @Test
  void an_administrators_password_that_is_too_short() throws Exception {
    assertThat(
            fail(database(
                    freshDatabase(),
                    TestPostgres.server().password(),
                    "reserva.security.admin-password=short"))
                .said())
        .contains("reserva.security.admin-password: password must have 8..128 characters, had 5");
  }

  @Test
  void an_issuer_without_an_audience() throws Exception {
    assertThat(
            fail(database(
                    freshDatabase(),
                    TestPostgres.server().password(),
                    "reserva.security.issuer=https://id.example.org"))
                .said())
        .contains("reserva.security.audience must be set together with reserva.security.issuer");
  }

  @Test
  void a_property_that_does_not_exist() throws Exception {
    assertThat(fail("reserva.inventory.reservation-tl=1m").said())
        .contains(
            "there is no property reserva.inventory.reservation-tl; the nearest is"
                + " reserva.inventory.reservation-ttl");
  }

  @Test
  void a_service_that_does_not_exist() throws Exception {
    assertThat(fail("reserva.services=sales,shipping").said())
        .contains("reserva.services must name services of sales, inventory,")
        .contains("\"shipping\" is none");
  }

  @Test
  void a_data_folder_that_cannot_be_written() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    Failed failed = fail(file.resolve("data"));
    assertThat(failed.said())
        .contains("the data folder %s cannot be written".formatted(file.resolve("data")))
        .contains("Not a directory");
    assertThat(failed.log()).exists();
    Files.delete(failed.log());
  }

  @Test
  void a_data_folder_that_is_in_use() throws Exception {
    try (EmbeddedPostgres running = EmbeddedPostgres.start(data)) {
      assertThat(fail().said())
          .contains(
              "data folder %s is in use by process %d"
                  .formatted(running.dataFolder(), ProcessHandle.current().pid()));
    }
  }

  @Test
  void a_start_that_succeeds_shows_its_log_and_keeps_none() throws Exception {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream out = System.out;
    try (PrintStream watched = new PrintStream(shown, true, StandardCharsets.UTF_8)) {
      System.setOut(watched);
      List<String> arguments =
          new ArrayList<>(
              List.of("--reserva.data=" + data, "--server.port=0", "--reserva.services=customers"));
      for (String property : database(freshDatabase(), TestPostgres.server().password())) {
        arguments.add("--" + property);
      }
      try (var context = QuietStart.run(data, arguments)) {
        assertThat(data.resolve("start.log")).doesNotExist();
        assertThat(UpCommand.whereThePasswordIs(data, context.getEnvironment()))
            .isEqualTo(" (user admin, password in %s)".formatted(data.resolve("admin-password")));
      }
    } finally {
      System.setOut(out);
    }
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .contains("schema migrated: schema=customers");
  }

  private static int closedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
