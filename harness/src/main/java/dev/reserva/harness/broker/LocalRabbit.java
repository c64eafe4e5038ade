package dev.reserva.harness.broker;

import dev.reserva.harness.HarnessFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An empty virtual host of a running RabbitMQ broker, with a user of its own. Both are deleted when
 * it is closed, and when this JVM ends, however it ends. To create and to delete them takes about a
 * second each, against seven for a {@link RabbitNode}.
 */
public final class LocalRabbit implements AutoCloseable {
  private static final Path RABBITMQCTL = Path.of("/usr/sbin/rabbitmqctl");

  private static final Set<String> ADMINISTRATORS = Set.of("root", "rabbitmq");

  /** Waits until the pipe from this JVM closes, and deletes virtual host and user. */
  private static final String GUARD =
      """
      read -r _
      "$1" --quiet delete_vhost "$2" &
      virtual_host=$!
      "$1" --quiet delete_user "$2" &
      user=$!
      wait "$virtual_host" && wait "$user"
      """;

  private static final String AMQP_PORTS =
      "[Port || {listener, _, amqp, _, _, Port, _} <- rabbit_networking:active_listeners()].";
  private static final Pattern FIRST_NUMBER = Pattern.compile("\\d+");

  private static @Nullable RabbitNode sharedNode;

  private final URI uri;
  private final Deletion deletion;

  private LocalRabbit(URI uri, Deletion deletion) {
    this.uri = uri;
    this.deletion = deletion;
  }

  /** Deletes the virtual host and its user. */
  @FunctionalInterface
  private interface Deletion {
    void run() throws IOException, InterruptedException;
  }

  /**
   * Creates a virtual host on the machine's broker; or, if that cannot be used, on a private node,
   * which all callers of this JVM share and which ends with it.
   *
   * @throws HarnessFailure if RabbitMQ is not installed
   */
  public static synchronized LocalRabbit open() throws IOException, InterruptedException {
    RabbitNode node = sharedNode;
    return node == null ? open(LocalRabbit::onMachine, LocalRabbit::startSharedNode) : onNode(node);
  }

  /** Creates what needs a broker. */
  @FunctionalInterface
  interface Creation<T> {
    T create() throws IOException, InterruptedException;
  }

  static LocalRabbit open(Creation<LocalRabbit> onMachine, Creation<RabbitNode> node)
      throws IOException, InterruptedException {
    try {
      return onMachine.create();
    } catch (HarnessFailure e) {
      System.err.println("a private RabbitMQ node is used, because " + e.getMessage());
      return onNode(node.create());
    }
  }

  /**
   * Creates a virtual host on the machine's broker.
   *
   * @throws HarnessFailure if no broker runs, or this user may not administer it; root and
   *     RabbitMQ's own user may
   */
  public static LocalRabbit onMachine() throws IOException, InterruptedException {
    String user = System.getProperty("user.name");
    if (!ADMINISTRATORS.contains(user)) {
      // For others Debian's rabbitmqctl drops the arguments and hangs.
      throw new HarnessFailure(
          "only root and rabbitmq may administer this machine's RabbitMQ broker, not " + user);
    }
    return onMachine(RABBITMQCTL);
  }

  static LocalRabbit onMachine(Path rabbitmqctl) throws IOException, InterruptedException {
    if (!Files.isExecutable(rabbitmqctl)) {
      throw new HarnessFailure("RabbitMQ is not installed: there is no " + rabbitmqctl);
    }
    Rabbitmqctl control = new Rabbitmqctl(rabbitmqctl, Map.of());
    String ports;
    try {
      ports = control.run(AMQP_PORTS, List.of("eval"));
    } catch (HarnessFailure e) {
      throw new HarnessFailure(
          "no RabbitMQ broker of this machine can be administered: " + e.getMessage(), e);
    }
    Matcher port = FIRST_NUMBER.matcher(ports);
    if (!port.find()) {
      throw new HarnessFailure(
          "the RabbitMQ broker of this machine does not listen for AMQP without TLS");
    }
    String name = randomName();
    // Started first, so that nothing stays if this JVM is killed meanwhile.
    Process guard = guard(control, name);
    return create(control, name, Integer.parseInt(port.group()), () -> end(guard, name));
  }

  /** A private node ends with this JVM, and its virtual hosts with it, so these need no guard. */
  private static LocalRabbit onNode(RabbitNode node) throws IOException, InterruptedException {
    String name = randomName();
    return create(
        node.control(),
        name,
        node.port(),
        () -> {
          node.rabbitmqctl("--quiet", "delete_vhost", name);
          node.rabbitmqctl("--quiet", "delete_user", name);
        });
  }

  private static String randomName() {
    return "reserva-" + Secrets.random();
  }

  private static LocalRabbit create(Rabbitmqctl control, String name, int port, Deletion deletion)
      throws IOException, InterruptedException {
    String password = Secrets.random();
    control.run(definitions(name, Secrets.hash(password)), List.of("import_definitions"));
    return new LocalRabbit(
        URI.create("amqp://%1$s:%2$s@127.0.0.1:%3$d/%1$s".formatted(name, password, port)),
        deletion);
  }

  private static String definitions(String name, String passwordHash) {
    return """
    {
      "users": [{
        "name": "%1$s",
        "password_hash": "%2$s",
        "hashing_algorithm": "rabbit_password_hashing_sha256",
        "tags": ""
      }],
      "vhosts": [{"name": "%1$s"}],
      "permissions": [
        {"user": "%1$s", "vhost": "%1$s", "configure": ".*", "write": ".*", "read": ".*"}
      ]
    }
    """
        .formatted(name, passwordHash);
  }

  private static Process guard(Rabbitmqctl control, String name) throws IOException {
    String program = control.program().toString();
    return control
        .builder(List.of("setsid", "sh", "-c", GUARD, "reserva-rabbitmq-guard", program, name))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void end(Process guard, String name) throws IOException, InterruptedException {
    guard.getOutputStream().close();
    if (!guard.waitFor(1, TimeUnit.MINUTES) || guard.exitValue() != 0) {
      throw new HarnessFailure("the broker has not deleted virtual host and user " + name);
    }
  }

  private static RabbitNode startSharedNode() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("reserva-rabbitmq-");
    RabbitNode node = RabbitNode.start(folder);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> end(node, folder)));
    sharedNode = node;
    return node;
  }

  private static void end(RabbitNode node, Path folder) {
    node.close();
    try {
      DataFolders.delete(folder);
    } catch (IOException e) {
      System.err.println("cannot delete " + folder + ": " + e);
    }
  }

  /** Such as {@code amqp://user:password@127.0.0.1:5672/virtual-host}. */
  public URI uri() {
    return uri;
  }

  /**
   * Deletes the virtual host with all that is in it, and the user. Their connections are closed.
   *
   * @throws HarnessFailure if the broker does not delete them
   */
  @Override
  public void close() throws IOException {
    try {
      deletion.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
