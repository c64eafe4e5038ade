package dev.reserva.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir private Path data;

  @Test
  void wrong_usage_is_told_apart_from_failure() {
    assertThat(Main.execute()).isEqualTo(2);
    assertThat(Main.execute("dance")).isEqualTo(2);
    assertThat(Main.execute("replay")).isEqualTo(2);
    assertThat(Main.execute("replay", "--stock", "many", "x.csv")).isEqualTo(2);
    assertThat(Main.execute("replay", "--rate", "0", "x.csv")).isEqualTo(2);
  }

  @Test
  void every_command_explains_itself() {
    assertThat(Main.execute("up", "--help")).isZero();
    assertThat(Main.execute("demo", "--help")).isZero();
    assertThat(Main.execute("replay", "--help")).isZero();
    assertThat(Main.execute("verify", "--help")).isZero();
  }

  @Test
  void a_server_that_cannot_be_asked_is_neither_whole_nor_broken() throws Exception {
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
