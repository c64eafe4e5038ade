package dev.reserva.harness.broker;

import dev.reserva.harness.Children;
import dev.reserva.harness.GuardedProcess;
import dev.reserva.harness.HarnessFailure;
import dev.reserva.harness.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A private RabbitMQ node that can be killed, started again on the same data, and wiped. Another
 * object continues with the data of its folder. It needs RabbitMQ 3.10 or newer, as Debian's
 * package {@code rabbitmq-server} installs it, and shares nothing with the machine's own broker:
 * data, ports, Erlang cookie, plugins (none, unless a test adds some) and port mapper (epmd) are
 * its own.
 *
 * <ul>
 *   <li>It listens on 127.0.0.1 only, on the same port for as long as this object lives.
 *   <li>User and password are generated.
 *   <li>It ends with this JVM, however this JVM ends; and so does epmd.
 *   <li>A quorum queue that was declared shortly before {@link #kill} has no leader after the next
 *       start, for ever. {@link #syncTopology} after the declarations prevents that.
 * </ul>
 *
 * <p>A start takes some 7 seconds, one on existing data 4. One thread starts and stops the node.
 */
public final class RabbitNode implements BrokerNode {
  private static final Path PROGRAMS = Path.of("/usr/lib/rabbitmq/bin");
  private static final String USER = "reserva";
  private static final String VIRTUAL_HOST = "reserva";
  private static final String EPMD_STARTED = "epmd running";
  private static final Duration EPMD_LIMIT = Duration.ofSeconds(30);
  private static final String STARTED = "Server startup complete";
  private static final String LOG = "rabbitmq.log";

  /** Makes the distribution of Erlang listen on 127.0.0.1 only. */
  private static final String LOOPBACK = "-kernel inet_dist_use_interface {127,0,0,1}";

  private final Path programs;
  private final Path folder;
  private final Path log;
  private final Additions additions;
  private final int port;
  private final String name;
  private final String password;
  private final Map<String, String> environment;
  private final GuardedProcess epmd;
  private final NodeProcess process;

  /**
   * What a node has beyond AMQP without TLS.
   *
   * @param plugins such as {@code rabbitmq_management}
   * @param configuration lines of {@code rabbitmq.conf}. Whatever listens has to be told 127.0.0.1
   */
  public record Additions(List<String> plugins, List<String> configuration) {
    static final Additions NONE = new Additions(List.of(), List.of());

    public Additions {
      plugins = List.copyOf(plugins);
      configuration = List.copyOf(configuration);
    }
  }

  private RabbitNode(Path programs, Path folder, Path log, Additions additions) throws IOException {
    this.programs = programs;
    this.folder = folder;
    this.log = log;
    this.additions = additions;
    this.port = Ports.free();
    // The node's data belong to its name, and have its user's password.
    this.name = kept("node-name", "reserva-" + port + "@localhost");
    this.password = kept("password", Secrets.random());
    int epmdPort = Ports.free();
    this.environment = environment(epmdPort);
    this.process = new NodeProcess(this::program, data(), log, STARTED);
    writeConfiguration();
    this.epmd =
        GuardedProcess.start(
            isolated(
                List.of("epmd", "-d", "-address", "127.0.0.1", "-port", String.valueOf(epmdPort))),
            folder.resolve("epmd.log"));
  }

  /** As {@link #start(Path, Path)}, with the log in the folder. */
  public static RabbitNode start(Path folder) throws IOException, InterruptedException {
    return start(folder, folder.resolve(LOG));
  }

  /**
   * The same with additions.
   *
   * @throws HarnessFailure if RabbitMQ is not installed, or the node does not start
   */
  public static RabbitNode start(Path folder, Additions additions)
      throws IOException, InterruptedException {
    return start(PROGRAMS, folder, folder.resolve(LOG), additions);
  }

  /**
   * Starts a node, and waits until it accepts connections.
   *
   * @param folder for its data; exists, and is empty or has the data of an earlier node
   * @param log the node's output is appended to it
   * @throws HarnessFailure if RabbitMQ is not installed, or the node does not start
   */
  public static RabbitNode start(Path folder, Path log) throws IOException, InterruptedException {
    return start(PROGRAMS, folder, log);
  }

  static RabbitNode start(Path programs, Path folder, Path log)
      throws IOException, InterruptedException {
    return start(programs, folder, log, Additions.NONE);
  }

  private static RabbitNode start(Path programs, Path folder, Path log, Additions additions)
      throws IOException, InterruptedException {
    if (!Files.isExecutable(programs.resolve("rabbitmq-server"))) {
      throw new HarnessFailure(
          "RabbitMQ is not installed: there is no %s/rabbitmq-server; install version 3.10 or newer,"
                  .formatted(programs)
              + " such as Debian's package rabbitmq-server");
    }
    RabbitNode node = new RabbitNode(programs, folder.toRealPath(), log, additions);
    try {
      // If the node found no epmd it would start one, which would stay.
      node.epmd.awaitLogged(EPMD_STARTED, EPMD_LIMIT);
      node.start();
      return node;
    } catch (IOException | InterruptedException | RuntimeException e) {
      node.close();
      throw e;
    }
  }

  private Map<String, String> environment(int epmdPort) throws IOException {
    Map<String, String> variables = new HashMap<>();
    // Erlang keeps its cookie there.
    variables.put("HOME", folder.toString());
    variables.put("ERL_EPMD_ADDRESS", "127.0.0.1");
    variables.put("ERL_EPMD_PORT", String.valueOf(epmdPort));
    variables.put("RABBITMQ_NODENAME", name);
    variables.put("RABBITMQ_DIST_PORT", String.valueOf(Ports.free()));
    variables.put("RABBITMQ_MNESIA_BASE", data().toString());
    variables.put("RABBITMQ_LOG_BASE", folder.toString());
    // Standard output.
    variables.put("RABBITMQ_LOGS", "-");
    // All files of configuration are named, so that none of the machine's is read.
    variables.put("RABBITMQ_CONF_ENV_FILE", folder.resolve("rabbitmq-env.conf").toString());
    variables.put("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString());
    variables.put("RABBITMQ_CONFIG_FILES", folder.resolve("conf.d").toString());
    variables.put("RABBITMQ_ADVANCED_CONFIG_FILE", folder.resolve("advanced.config").toString());
    variables.put("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("enabled_plugins").toString());
    variables.put("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", LOOPBACK);
    variables.put("RABBITMQ_CTL_ERL_ARGS", LOOPBACK);
    variables.put("ERL_CRASH_DUMP_SECONDS", "0"); // a node is killed on purpose
    // The script becomes the Erlang VM, instead of staying as its parent process.
    variables.put("RUNNING_UNDER_SYSTEMD", "true");
    return variables;
  }

  private void writeConfiguration() throws IOException {
    write("rabbitmq-env.conf", "");
    write("advanced.config", "[].\n");
    write("enabled_plugins", "[%s].\n".formatted(String.join(",", additions.plugins())));
    kept(".erlang.cookie", Secrets.random());
    write(
        "rabbitmq.conf",
        """
        listeners.tcp.local = 127.0.0.1:%d
        default_user = %s
        default_pass = %s
        default_vhost = %s
        %s
        """
            .formatted(
                port, USER, password, VIRTUAL_HOST, String.join("\n", additions.configuration())));
    Files.createDirectories(folder.resolve("conf.d"));
  }

  /** Writes a file that only its owner can read. */
  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.deleteIfExists(path);
    Files.createFile(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(path, text);
  }

  /** The text of a file, or the one that it gets if it does not exist. */
  private String kept(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    if (!Files.exists(path)) {
      write(file, text);
    }
    return Files.readString(path);
  }

  private Path data() {
    return folder.resolve("data");
  }

  private ProcessBuilder isolated(List<String> command) {
    ProcessBuilder builder = Children.isolated(command);
    builder.environment().putAll(environment);
    return builder;
  }

  private ProcessBuilder program() {
    return isolated(List.of(programs.resolve("rabbitmq-server").toString()));
  }

  @Override
  public void start() throws IOException, InterruptedException {
    process.start();
  }

  @Override
  public void kill() throws InterruptedException {
    process.kill();
  }

  /** Shuts the node down. */
  public void stop() throws InterruptedException {
    process.stop();
  }

  @Override
  public void stop(Duration limit) throws InterruptedException {
    process.stop(limit);
  }

  @Override
  public int awaitEnd() throws InterruptedException {
    return process.awaitEnd();
  }

  /** Kills the node if it runs, deletes its data, and starts it. */
  public void wipe() throws IOException, InterruptedException {
    process.wipe();
  }

  /**
   * Writes the node's tables of queues to disk. Otherwise a quorum queue declared in the last
   * minutes does not survive {@link #kill}.
   */
  public void syncTopology() throws IOException, InterruptedException {
    rabbitmqctl("eval", "[dets:sync(Table) || Table <- dets:all()].");
  }

  /**
   * Runs a command of {@code rabbitmqctl} on this node, which must not be closed. Not for secrets,
   * because other users can read command lines.
   *
   * @return its output
   * @throws HarnessFailure if it fails
   */
  public String rabbitmqctl(String... arguments) throws IOException, InterruptedException {
    return control().run("", List.of(arguments));
  }

  Rabbitmqctl control() {
    if (!epmd.isAlive()) {
      // The tool would start an epmd, which would stay.
      throw new IllegalStateException("the node is closed");
    }
    return new Rabbitmqctl(programs.resolve("rabbitmqctl"), environment);
  }

  /** Such as {@code amqp://user:password@127.0.0.1:5672/reserva}. */
  public URI uri() {
    return URI.create("amqp://%s:%s@127.0.0.1:%d/%s".formatted(USER, password, port, VIRTUAL_HOST));
  }

  /** {@link #uri()} without user and password. */
  public URI address() {
    return URI.create("amqp://127.0.0.1:%d/%s".formatted(port, VIRTUAL_HOST));
  }

  public String user() {
    return USER;
  }

  /** The file with the user's password, which only its owner can read. */
  public Path passwordFile() {
    return folder.resolve("password");
  }

  @Override
  public int port() {
    return port;
  }

  /** Process id of the Erlang VM. */
  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The node's log, of all starts. */
  public Path log() {
    return log;
  }

  /** Ends the node and epmd. The files stay. */
  @Override
  public void close() {
    try {
      process.end();
      epmd.kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
