package dev.reserva.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

class MainTest {
  @TempDir private Path data;

  @Test
  void wrong_usage_has_another_exit_status_than_failure() {
    assertThat(Main.execute()).isEqualTo(2);
    assertThat(Main.execute("dance")).isEqualTo(2);
    assertThat(Main.execute("replay")).isEqualTo(2);
    assertThat(Main.execute("admin")).isEqualTo(2);
    assertThat(Main.execute("admin", "reset-password")).isEqualTo(2);
    assertThat(Main.execute("replay", "--stock", "many", "x.csv")).isEqualTo(2);
    assertThat(Main.execute("replay", "--rate", "0", "x.csv")).isEqualTo(2);
  }

  @Test
  void the_address_of_a_server_that_is_up_says_how_to_reach_it() {
    assertThat(url("", "")).isEqualTo("http://localhost:8080");
    assertThat(url("0.0.0.0", "")).isEqualTo("http://localhost:8080");
    assertThat(url("127.0.0.1", "/etc/tls.crt")).isEqualTo("https://localhost:8080");
    assertThat(url("192.0.2.1", "")).isEqualTo("http://192.0.2.1:8080");
    assertThat(url("2001:db8::1", "/etc/tls.crt")).isEqualTo("https://[2001:db8::1]:8080");
  }

  private static String url(String address, String certificate) {
    return UpCommand.url(
        new MockEnvironment()
            .withProperty("local.server.port", "8080")
            .withProperty("reserva.http.bind-address", address)
            .withProperty("reserva.http.tls.certificate", certificate));
  }

  @Test
  void wrong_usage_is_reported_in_a_few_lines() {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream err = System.err;
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertThat(Main.execute("up", "--prot", "80")).isEqualTo(2);
      assertThat(Main.execute("up", "--port", "http")).isEqualTo(2);
    } finally {
      System.setErr(err);
    }
    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .hasSizeLessThanOrEqualTo(8)
        .anyMatch(line -> line.startsWith("reserva: Unknown option"))
        .anyMatch(line -> line.startsWith("reserva: Invalid value for option '--port'"))
        .contains("See: reserva up --help");
  }

  @Test
  void the_password_file_is_named_if_a_server_wrote_it() throws Exception {
    MockEnvironment environment = new MockEnvironment();
    assertThat(UpCommand.whereThePasswordIs(data, environment)).isEmpty();
    Files.writeString(data.resolve("admin-password"), "secret");
    assertThat(UpCommand.whereThePasswordIs(data, environment))
        .contains(data.resolve("admin-password").toString());
    environment.setProperty("reserva.security.admin-password", "chosen by the operator");
    assertThat(UpCommand.whereThePasswordIs(data, environment)).isEmpty();
  }

  @Test
  void every_command_explains_itself() {
    assertThat(Main.execute("up", "--help")).isZero();
    assertThat(Main.execute("demo", "--help")).isZero();
    assertThat(Main.execute("replay", "--help")).isZero();
    assertThat(Main.execute("verify", "--help")).isZero();
    assertThat(Main.execute("admin", "--help")).isZero();
    assertThat(Main.execute("admin", "reset-password", "--help")).isZero();
  }

  @Test
  void an_unreachable_server_is_neither_consistent_nor_broken() throws Exception {
    Files.writeString(data.resolve("admin-password"), "secret");
    assertThat(Main.execute("verify", "--url", "http://localhost:1", "--data", data.toString()))
        .isEqualTo(2);
    assertThat(Main.execute("verify", "--data", data.resolve("nowhere").toString())).isEqualTo(2);
  }

  @Test
  void a_history_that_is_not_there_fails() throws Exception {
    Files.writeString(data.resolve("admin-password"), "secret");
    assertThat(
            Main.execute(
                "replay",
                "--url",
                "http://localhost:1",
                "--data",
                data.toString(),
                data.resolve("missing.csv").toString()))
        .isEqualTo(1);
  }
}
