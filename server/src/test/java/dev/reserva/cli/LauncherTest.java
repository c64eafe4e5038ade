package dev.reserva.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Error messages of the launcher. */
class LauncherTest {

  private static final Path LAUNCHER = Path.of("..", "reserva").toAbsolutePath().normalize();

  @TempDir Path folder;

  private String run(int status, Path javaHome, String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(LAUNCHER.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("RESERVA_JAVA_HOME", javaHome.toString());
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(status);
    return said;
  }

  private Path jdk(String version) throws IOException {
    Path home = folder.resolve("jdk-" + version);
    Path compiler = Files.createDirectories(home.resolve("bin")).resolve("javac");
    Files.writeString(compiler, "#!/bin/sh\n");
    Files.setPosixFilePermissions(compiler, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
    return home;
  }

  @Test
  void an_outdated_jdk_is_reported_in_one_line() throws Exception {
    Path old = jdk("24.0.1");
    assertThat(run(1, old, "up"))
        .isEqualTo("reserva: RESERVA_JAVA_HOME=%s is not a JDK 25 or newer\n".formatted(old));
    Path none = folder.resolve("nowhere");
    assertThat(run(1, none, "demo"))
        .isEqualTo("reserva: RESERVA_JAVA_HOME=%s is not a JDK 25 or newer\n".formatted(none));
  }

  /** The server's secrets are none of Maven's business. */
  @Test
  void a_build_inherits_no_setting_of_the_server() throws Exception {
    Path maven = Files.createDirectory(folder.resolve("bin")).resolve("mvn");
    Path inherited = folder.resolve("inherited");
    Files.writeString(maven, "#!/bin/sh\nenv >%s\nexit 1\n".formatted(inherited));
    Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwx------"));
    ProcessBuilder builder = new ProcessBuilder(LAUNCHER.toString(), "audit");
    builder.environment().put("PATH", maven.getParent() + ":" + System.getenv("PATH"));
    builder.environment().put("RESERVA_JAVA_HOME", jdk("25.0.1").toString());
    builder.environment().put("RESERVA_ADMIN_PASSWORD", "hush");
    builder.environment().put("RESERVA_DATABASE_PASSWORD_FILE", "/run/secrets/database");
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(1);
    assertThat(said).contains("the dependencies cannot be listed");
    assertThat(inherited).content().contains("RESERVA_JAVA_HOME=").doesNotContain("PASSWORD");
  }

  @Test
  void every_command_of_the_program_is_in_the_usage_and_is_run() throws Exception {
    Path old = jdk("24.0.1");
    String usage = run(0, folder, "help");
    for (String command : new CommandLine(new Main()).getSubcommands().keySet()) {
      if (!command.equals("help")) {
        assertThat(usage).contains("./reserva " + command + " ");
        assertThat(run(1, old, command)).contains("is not a JDK 25 or newer");
      }
    }
  }

  @Test
  void an_unknown_command_is_reported_last() throws Exception {
    assertThat(run(1, folder, "dance")).endsWith("reserva: there is no command 'dance'\n");
  }
}
