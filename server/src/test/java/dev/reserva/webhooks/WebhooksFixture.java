package dev.reserva.webhooks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.reserva.ServiceDatabase;
import dev.reserva.contracts.WebhooksEvent.EndpointRecovered;
import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Worker;
import dev.reserva.platform.security.Sealing;
import dev.reserva.webhooks.adapters.http.HttpReceivers;
import dev.reserva.webhooks.adapters.postgres.PostgresBacklogs;
import dev.reserva.webhooks.adapters.postgres.PostgresDeliveries;
import dev.reserva.webhooks.adapters.postgres.PostgresEndpoints;
import dev.reserva.webhooks.adapters.postgres.PostgresReplays;
import dev.reserva.webhooks.adapters.sealing.SealedSecrets;
import dev.reserva.webhooks.application.AttemptCounts;
import dev.reserva.webhooks.application.Deliveries;
import dev.reserva.webhooks.application.RegisterEndpoint;
import dev.reserva.webhooks.domain.Endpoint;
import dev.reserva.webhooks.domain.EventFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** The service as it is wired, with a database and a server that gets posts. */
final class WebhooksFixture implements AutoCloseable {

  private static final ObjectProvider<Backbone> NO_BACKBONE =
      new StaticListableBeanFactory().getBeanProvider(Backbone.class);

  /** What the server has got. */
  record Got(String path, HttpHeaders headers, String body) {}

  final ServiceDatabase database = new ServiceDatabase("webhooks");
  final PostgresEndpoints endpoints = new PostgresEndpoints();
  final PostgresDeliveries deliveries = new PostgresDeliveries();
  final PostgresReplays replays = new PostgresReplays();
  final PostgresBacklogs backlogs = new PostgresBacklogs();
  final AttemptCounts attempts = new AttemptCounts();
  final SealedSecrets secrets =
      new SealedSecrets(new Sealing("a secret of the tests, which is long enough", "webhooks"));
  final Ids ids = Ids.timeOrdered();
  final HttpServer server;
  final BlockingQueue<Got> got = new LinkedBlockingQueue<>();

  private final WebhooksConfiguration configuration = new WebhooksConfiguration();
  private final Map<String, String> settings = new HashMap<>();
  private final ExecutorService serving = Executors.newVirtualThreadPerTaskExecutor();

  WebhooksFixture() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(serving);
    server.start();
    settings.put("reserva.webhooks.ports", Integer.toString(port()));
    settings.put("reserva.webhooks.plain-http", "true");
    settings.put("reserva.webhooks.private-networks", "127.0.0.0/8");
    settings.put("reserva.webhooks.timeout", "10s");
  }

  int port() {
    return server.getAddress().getPort();
  }

  void set(String property, String value) {
    settings.put(property, value);
  }

  /** From now on the server answers a path like this. */
  void answer(String path, int status, String body) {
    server.createContext(
        path,
        exchange -> {
          keep(exchange);
          reply(exchange, status, body);
        });
  }

  void keep(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    HttpHeaders headers = HttpHeaders.of(exchange.getRequestHeaders(), (_, _) -> true);
    got.add(new Got(exchange.getRequestURI().getPath(), headers, body));
  }

  static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  RegisterEndpoint.Outcome.Registered register(String path, boolean ordered) {
    return registerUrl("http://127.0.0.1:" + port() + path, ordered);
  }

  RegisterEndpoint.Outcome.Registered registerUrl(String url, boolean ordered) {
    var target = new Endpoint.Target(url, List.of(new EventFilter("*")), null, ordered);
    return (RegisterEndpoint.Outcome.Registered)
        database
            .transactions()
            .call(tx -> new RegisterEndpoint(endpoints, secrets, ids).register(target, tx));
  }

  /** An event of a key, in the log. */
  UUID publish(UUID key) {
    return database
        .transactions()
        .call(tx -> tx.publish(new EndpointRecovered(key, "https://x.example/"), Cause.of("test")))
        .id();
  }

  /** Makes all that is on record so much older, since the database's clock cannot be set. */
  void passes(Duration time) {
    var jdbc = new JdbcTemplate(database.dataSource());
    for (String columns :
        List.of(
            "delivery: due_at leased_until created_at ended_at",
            "endpoint: failing_since former_until created_at updated_at",
            "attempt: at")) {
      String[] parts = columns.split(": ", 2);
      String changes =
          Arrays.stream(parts[1].split(" "))
              .map(column ->
                  "%s = %s - interval '%d seconds'".formatted(column, column, time.toSeconds()))
              .collect(Collectors.joining(", "));
      jdbc.execute("update webhooks.%s set %s".formatted(parts[0], changes));
    }
  }

  void queue() {
    Worker worker = queueing();
    while (worker.step().run()) {}
  }

  Worker queueing() {
    return configuration.webhooksQueueing(
        database.transactions(), database.log(), endpoints, deliveries, ids, NO_BACKBONE);
  }

  void replay() {
    Worker worker = replaying();
    while (worker.step().run()) {}
  }

  Worker replaying() {
    return configuration.webhooksReplaying(
        database.transactions(),
        database.log(),
        endpoints,
        deliveries,
        replays,
        backlogs,
        ids,
        NO_BACKBONE);
  }

  /** Sends all that is due, and waits for the answers. */
  void send() {
    WebhooksProperties properties = WebhooksPropertiesTest.bound(settings);
    try (HttpReceivers receivers = new HttpReceivers(properties.urls(), properties.timeout())) {
      boolean more = true;
      while (more) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
          more = sending(threads, receivers).step().run();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Worker sending(ExecutorService threads, HttpReceivers receivers) {
    return configuration.webhooksSending(
        WebhooksPropertiesTest.bound(settings),
        database.transactions(),
        endpoints,
        deliveries,
        secrets,
        receivers,
        Clock.systemUTC(),
        attempts,
        new WebhooksConfiguration.AttemptThreads(threads),
        NO_BACKBONE);
  }

  HttpReceivers receivers() {
    WebhooksProperties properties = WebhooksPropertiesTest.bound(settings);
    return new HttpReceivers(properties.urls(), properties.timeout());
  }

  List<Deliveries.Logged> log(UUID endpoint) {
    return database.transactions().call(tx -> deliveries.list(endpoint, null, null, 100, tx));
  }

  Endpoint endpoint(UUID id) {
    return database.transactions().call(tx -> endpoints.find(id, tx)).orElseThrow();
  }

  @Override
  public void close() {
    server.stop(0);
    serving.shutdownNow();
    database.close();
  }
}
