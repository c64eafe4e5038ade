package dev.reserva.system;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server of the PostgreSQL that is installed on the machine, on a folder of its own: an
 * operator's database, older than the embedded one.
 */
final class InstalledPostgres implements AutoCloseable {

  private static final Path PACKAGES = Path.of("/usr/lib/postgresql");
  private static final String SUPERUSER = "owner";
  private static final String USER = "reserva";

  /** How the README makes the role and the database of the server. */
  private static final Pattern SET_UP =
      Pattern.compile("```sql\\n(create role reserva .*?)```", Pattern.DOTALL);

  private final Process process;
  private final int port;
  private final String password;

  private InstalledPostgres(Process process, int port, String password) {
    this.process = process;
    this.port = port;
    this.password = password;
  }

  /**
   * @param folder empty or absent
   */
  static InstalledPostgres start(Path folder) throws Exception {
    Path programs = programs();
    String password = UUID.randomUUID().toString();
    Path passwordFile = Files.writeString(folder.resolve("password"), password + "\n");
    Path cluster = folder.resolve("cluster");
    run(
        folder,
        programs.resolve("initdb").toString(),
        "-D",
        cluster.toString(),
        "--username=" + SUPERUSER,
        "--auth=scram-sha-256",
        "--pwfile=" + passwordFile,
        "--encoding=UTF8",
        "--locale=C");
    int port = freePort();
    Process process =
        builder(
                folder,
                List.of(
                    programs.resolve("postgres").toString(),
                    "-D",
                    cluster.toString(),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "port=" + port,
                    "-c",
                    "unix_socket_directories=" + folder,
                    "-c",
                    "fsync=off"))
            .start();
    InstalledPostgres started = new InstalledPostgres(process, port, password);
    Shop.eventually("PostgreSQL answers", () -> started.answers() ? true : null);
    started.setUpAsTheReadmeSays();
    return started;
  }

  private void setUpAsTheReadmeSays() throws Exception {
    Matcher block = SET_UP.matcher(Files.readString(Path.of("..", "README.md")));
    if (!block.find()) {
      throw new IllegalStateException("the README does not say how the role is made");
    }
    try (Connection connection = superuser();
        Statement statement = connection.createStatement()) {
      for (String command : block.group(1).split(";\n", -1)) {
        statement.execute(command.replace("CHANGE-ME", password));
      }
    }
  }

  private Connection superuser() throws SQLException {
    return DriverManager.getConnection(url("postgres"), SUPERUSER, password);
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  String jdbcUrl() {
    return url("reserva");
  }

  /** The properties by which a server works on this database. */
  String[] properties() {
    return new String[] {
      "reserva.database.url=" + jdbcUrl(),
      "reserva.database.username=" + USER,
      "reserva.database.password=" + password
    };
  }

  Connection connection() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), USER, password);
  }

  String user() {
    return USER;
  }

  String password() {
    return password;
  }

  private boolean answers() {
    try (Connection connection = superuser()) {
      return connection.isValid(5);
    } catch (SQLException e) {
      if (!process.isAlive()) {
        throw new IllegalStateException("PostgreSQL ended with " + process.exitValue());
      }
      return false;
    }
  }

  /** The programs of the oldest version that is installed. */
  private static Path programs() throws IOException {
    if (Files.isDirectory(PACKAGES)) {
      try (Stream<Path> versions = Files.list(PACKAGES)) {
        List<Path> found =
            versions
                .map(version -> version.resolve("bin"))
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                .sorted(Comparator.comparing(Path::toString))
                .toList();
        if (!found.isEmpty()) {
          return found.getFirst();
        }
      }
    }
    throw new IllegalStateException(
        "no PostgreSQL is installed below %s; this test needs one of version 15 or newer"
            .formatted(PACKAGES));
  }

  private static void run(Path folder, String... command) throws Exception {
    Process process = builder(folder, List.of(command)).start();
    String said;
    try (InputStream output = process.getInputStream()) {
      said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException("%s failed: %s".formatted(command[0], said));
    }
  }

  /** PostgreSQL refuses to run as root, so root becomes another user in a namespace of its own. */
  private static ProcessBuilder builder(Path folder, List<String> command) {
    List<String> whole = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      whole.addAll(List.of("unshare", "-U"));
    }
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
    if (command.getFirst().endsWith("postgres")) {
      builder.redirectOutput(folder.resolve("log").toFile());
    }
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    return builder;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy(); // a smart shutdown, which waits for sessions
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
