package dev.reserva;

import dev.reserva.harness.broker.LocalRabbit;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Servers on databases of their own, which a virtual host of RabbitMQ joins to one system. */
public final class JoinedServers implements AutoCloseable {

  private static final String SECRET = "one-secret-of-all-processes-of-a-split-system";

  private final LocalRabbit rabbit;
  private final Deque<TestReserva> servers = new ArrayDeque<>();

  private JoinedServers(LocalRabbit rabbit) {
    this.rabbit = rabbit;
  }

  /** Makes the virtual host. */
  public static JoinedServers open() throws IOException, InterruptedException {
    return new JoinedServers(LocalRabbit.open());
  }

  /**
   * Starts one of the servers.
   *
   * @param services as {@code reserva.services}
   * @param more properties such as {@code reserva.x=y}
   */
  public TestReserva start(String services, String... more) {
    List<String> properties = new ArrayList<>(onRabbit(rabbit.uri()));
    properties.addAll(secrets());
    properties.addAll(List.of(more));
    TestReserva server = TestReserva.start(services, null, properties.toArray(String[]::new));
    servers.push(server);
    return server;
  }

  /** Where a server listens. */
  public static String url(TestReserva server) {
    return "http://127.0.0.1:" + server.port();
  }

  /** The property that names the server with the logins. */
  public static String authority(TestReserva logins) {
    return "reserva.security.authority.url=" + url(logins);
  }

  /** The secrets that all servers of a system share, as properties. */
  public static List<String> secrets() {
    return List.of("reserva.privacy.secret=" + SECRET, "reserva.security.token-secret=" + SECRET);
  }

  /**
   * The properties that lead to a virtual host.
   *
   * @param uri such as {@code amqp://user:password@127.0.0.1:5672/reserva}
   */
  public static List<String> onRabbit(URI uri) {
    String[] login = uri.getUserInfo().split(":", 2);
    return List.of(
        "reserva.messaging.transport=rabbitmq",
        "reserva.messaging.rabbitmq.uri=amqp://%s:%d%s"
            .formatted(uri.getHost(), uri.getPort(), uri.getPath()),
        "reserva.messaging.rabbitmq.username=" + login[0],
        "reserva.messaging.rabbitmq.password=" + login[1]);
  }

  /** Ends the servers, the last one first, and removes the virtual host. */
  @Override
  public void close() throws IOException {
    try (rabbit) {
      servers.forEach(TestReserva::close);
    }
  }
}
