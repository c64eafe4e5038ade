package dev.reserva.harness.broker;

import dev.reserva.harness.HarnessFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An empty virtual host of a running RabbitMQ broker, with a user of its own. Both are deleted when
 * it is closed, and when this JVM ends, however it ends. To create and to delete them takes some
 * two seconds each, against ten for a {@link RabbitNode}.
 */
public final class LocalRabbit implements AutoCloseable {
  private static final Path RABBITMQCTL = Path.of("/usr/sbin/rabbitmqctl");

  /** Waits until the pipe from this JVM closes. */
  private static final String DELETE =
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
  private final Process deletion;

  private LocalRabbit(URI uri, Process deletion) {
    this.uri = uri;
    this.deletion = deletion;
  }

  /**
   * Creates a virtual host on the machine's broker; or, if that cannot be used, on a private node,
   * which all callers of this JVM share and which ends with it.
   *
   * @throws HarnessFailure if RabbitMQ is not installed
   */
  public static synchronized LocalRabbit open() throws IOException, InterruptedException {
    RabbitNode node = sharedNode;
    return node == null
        ? open(RABBITMQCTL, LocalRabbit::startSharedNode)
        : create(node.control(), node.port());
  }

  /** Starts the node to use when the machine's broker cannot be used. */
  @FunctionalInterface
  interface NodeStart {
    RabbitNode start() throws IOException, InterruptedException;
  }

  static LocalRabbit open(Path rabbitmqctl, NodeStart nodeStart)
      throws IOException, InterruptedException {
    try {
      return onMachine(rabbitmqctl);
    } catch (HarnessFailure e) {
      System.err.println("a private RabbitMQ node is used, because " + e.getMessage());
      RabbitNode node = nodeStart.start();
      return create(node.control(), node.port());
    }
  }

  /**
   * Creates a virtual host on the machine's broker.
   *
   * @throws HarnessFailure if no broker runs, or this user may not administer it; root and
   *     RabbitMQ's own user may
   */
  public static LocalRabbit onMachine() throws IOException, InterruptedException {
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
    return create(control, Integer.parseInt(port.group()));
  }

  private static LocalRabbit create(Rabbitmqctl control, int port)
      throws IOException, InterruptedException {
    String name = "reserva-" + Secrets.random();
    String password = Secrets.random();
    URI uri = URI.create("amqp://%1$s:%2$s@127.0.0.1:%3$d/%1$s".formatted(name, password, port));
    // Started first, so that nothing stays if this JVM is killed meanwhile.
    LocalRabbit created = new LocalRabbit(uri, deletion(control, name));
    try {
      control.run(definitions(name, Secrets.hash(password)), List.of("import_definitions"));
      return created;
    } catch (IOException | InterruptedException | RuntimeException e) {
      created.deletion.getOutputStream().close();
      throw e;
    }
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

  private static Process deletion(Rabbitmqctl control, String name) throws IOException {
    return control
        .builder(
            List.of(
                "setsid",
                "sh",
                "-c",
                DELETE,
                "reserva-rabbitmq-guard",
                control.program().toString(),
                name))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
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
    deletion.getOutputStream().close();
    try {
      if (!deletion.waitFor(1, TimeUnit.MINUTES) || deletion.exitValue() != 0) {
        throw new HarnessFailure("the broker has not deleted virtual host " + uri.getPath());
      }
    } catch (InterruptedException e) {
      // The shell goes on without this thread.
      Thread.currentThread().interrupt();
    }
  }
}
