package dev.reserva;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.platform.security.LoopbackIssuer;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.JsonNode;

/**
 * One server whose properties differ from their defaults wherever possible. It tests the effects
 * that only a whole server shows.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConfiguredServerIT {

  private static final String SECRET = "a secret of this server, which is long enough";
  private static final byte[] WEBHOOK_KEY = "the key of the provider's webhooks".getBytes(UTF_8);
  private static final int CONNECTIONS = 7;

  /** Longer than the default of the stop time-out, shorter than the one that is set. */
  private static final Duration LONG_STEP = Duration.ofSeconds(4);

  private static LoopbackIssuer issuer;
  private static TestReserva reserva;

  /** A worker whose step the test can prolong, and access to the waiting requests. */
  @Configuration(proxyBeanMethods = false)
  static class Extra {
    static final Queue<Object> WAITS = new ConcurrentLinkedQueue<>();
    static final AtomicBoolean LONG = new AtomicBoolean();
    static final CountDownLatch BEGUN = new CountDownLatch(1);
    static final AtomicBoolean ENDED = new AtomicBoolean();

    @Bean
    Worker longStep() {
      return new Worker("test.long", Duration.ofMillis(20), Extra::step);
    }

    /** The backbone. It records how long requests wait for it to catch up. */
    @Bean
    @Primary
    Backbone watchedBackbone(@Qualifier("backbone") Backbone real) {
      return (Backbone)
          Proxy.newProxyInstance(
              Backbone.class.getClassLoader(),
              new Class<?>[] {Backbone.class},
              (_, method, arguments) -> {
                if (method.getName().equals("awaitCaughtUp")) {
                  WAITS.addAll(Arrays.asList(arguments));
                }
                return method.invoke(real, arguments);
              });
    }

    private static boolean step() {
      if (LONG.compareAndSet(true, false)) {
        BEGUN.countDown();
        try {
          TimeUnit.NANOSECONDS.sleep(LONG_STEP.toNanos());
          ENDED.set(true);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return false;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    issuer = LoopbackIssuer.start();
    issuer.setDown(true);
    reserva =
        TestReserva.start(
            "",
            Extra.class,
            "reserva.database.pool-size=" + CONNECTIONS,
            "reserva.database.connection-timeout=300ms",
            "reserva.events.stop-timeout=8s",
            "reserva.security.token-secret=" + SECRET,
            "reserva.security.token-lifetime=5m",
            "reserva.security.refresh-token-lifetime=2h",
            "reserva.security.issuer=" + issuer.url(),
            "reserva.security.audience=" + LoopbackIssuer.AUDIENCE,
            "reserva.customers.failed-logins-per-user=2",
            "reserva.customers.longest-login-delay=3s",
            "reserva.customers.logins-per-address=8",
            "reserva.inventory.reservation-ttl=3m",
            "reserva.inventory.expiry-interval=10ms",
            "reserva.sales.deadlines.interval=10ms",
            "reserva.sales.catch-up=7s",
            "reserva.financial.default-method=pix",
            "reserva.financial.webhook-secret=whsec_"
                + Base64.getEncoder().encodeToString(WEBHOOK_KEY),
            "reserva.operations.integrity-time-limit=1ms",
            "reserva.operations.dashboard-clients=1",
            "reserva.operations.dashboard-interval=100ms");
  }

  @AfterAll
  static void stop() {
    reserva.close();
    issuer.close();
  }

  private static TestReserva.Reply get(String path, @Nullable String token) {
    return reserva.call("GET", path, token, null);
  }

  // ---- security

  @Test
  @Order(1)
  @EffectOf("reserva.security.issuer")
  void while_the_issuer_is_down_only_its_tokens_wait() throws Exception {
    String token = issuer.token("operator");

    TestReserva.Reply refused = get("/api/orders", token);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.json().path("type").asString()).isEqualTo("/problems/issuer-unavailable");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 30);
    assertThat(refused.body()).doesNotContain("127.0.0.1");
    assertThat(get("/api/inventory/products", token).status()).as("an open route").isEqualTo(200);
    assertThat(get("/api/orders", reserva.admin()).status()).as("a local token").isEqualTo(200);

    issuer.setDown(false);
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(get("/api/orders", token).status()).isEqualTo(200));
  }

  @Test
  @Order(2)
  @EffectOf({"reserva.security.issuer", "reserva.security.audience"})
  void a_token_of_the_issuer_has_the_permissions_of_its_roles() throws Exception {
    assertThat(get("/api/orders", issuer.token("operator")).status()).isEqualTo(200);
    assertThat(get("/api/users", issuer.token("operator")).status()).isEqualTo(403);
    assertThat(get("/api/users", issuer.token("admin")).status()).isEqualTo(200);
    assertThat(get("/api/orders", issuer.token("nothing")).status()).isEqualTo(403);

    TestReserva.Reply another =
        get("/api/orders", issuer.token(claims -> claims.audience("another program")));
    assertThat(another.status()).isEqualTo(401);
    assertThat(another.header("WWW-Authenticate")).contains("error=\"invalid_token\"");
  }

  @Test
  @EffectOf({"reserva.security.token-lifetime", "reserva.security.admin-password"})
  void a_token_lasts_as_long_as_it_says() throws Exception {
    JsonNode answer = login("127.0.0.1", "admin", TestReserva.ADMIN_PASSWORD).json();
    assertThat(answer.path("expiresIn").asInt()).isEqualTo(300);
    var claims = SignedJWT.parse(answer.path("accessToken").asString()).getJWTClaimsSet();
    assertThat(
            Duration.between(
                claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant()))
        .isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  @EffectOf("reserva.security.refresh-token-lifetime")
  void a_session_lasts_as_long_as_is_configured() throws Exception {
    assertThat(login("127.0.0.1", "admin", TestReserva.ADMIN_PASSWORD).status()).isEqualTo(200);
    List<Instant> ends =
        reserva
            .bean(Transactions.class)
            .snapshot(tx ->
                Statements.of(tx)
                    .query(
                        "select created_at + interval '2 hours' as right_end, expires_at"
                            + " from customers.session",
                        row -> {
                          assertThat(Rows.instant(row, "expires_at"))
                              .isEqualTo(Rows.instant(row, "right_end"));
                          return Rows.instant(row, "expires_at");
                        }));
    assertThat(ends).isNotEmpty();
  }

  // ---- customers

  @Test
  @EffectOf("reserva.customers.failed-logins-per-user")
  void a_user_who_fails_too_often_is_refused_from_any_other_address() throws Exception {
    int failed = 0;
    while (login("127.0.2." + (1 + failed), "otto", "a wrong password").status() == 401) {
      assertThat(failed++)
          .as("with the default, ten fail from addresses of their own")
          .isLessThan(9);
    }
    assertThat(failed).isGreaterThanOrEqualTo(2);
  }

  @Test
  @EffectOf("reserva.customers.longest-login-delay")
  void a_failed_login_never_waits_longer_than_configured() throws Exception {
    List<Integer> waits = new ArrayList<>();
    for (int i = 0; waits.size() < 3; i++) {
      TestReserva.Reply reply = login("127.0.1." + (1 + i % 200), "erna", "a wrong password");
      if (reply.status() == 429) {
        waits.add(Integer.parseInt(reply.header("Retry-After")));
        TimeUnit.SECONDS.sleep(waits.getLast());
      }
    }
    assertThat(waits).as("the third would be 4 s").allMatch(wait -> wait <= 3);
  }

  @Test
  @EffectOf("reserva.customers.logins-per-address")
  void an_address_with_too_many_logins_is_refused() throws Exception {
    for (int i = 0; i < 8; i++) {
      assertThat(login("127.0.0.3", "user " + i, "a wrong password").status()).isEqualTo(401);
    }
    assertThat(login("127.0.0.3", "admin", TestReserva.ADMIN_PASSWORD).status()).isEqualTo(429);
    assertThat(login("127.0.0.4", "admin", TestReserva.ADMIN_PASSWORD).status()).isEqualTo(200);
  }

  private static TestReserva.Reply login(String from, String user, String password)
      throws Exception {
    try (HttpClient http =
        HttpClient.newBuilder().localAddress(InetAddress.ofLiteral(from)).build()) {
      return new TestReserva.Reply(
          http.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:%d/api/auth/token".formatted(reserva.port())))
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(user, password)))
                  .build(),
              HttpResponse.BodyHandlers.ofString()));
    }
  }

  // ---- orders, stock and money

  @Test
  @EffectOf({"reserva.inventory.reservation-ttl", "reserva.financial.default-method"})
  void an_order_is_held_and_asked_for_as_configured() {
    UUID product =
        created(
            "/api/inventory/products",
            "{\"sku\":\"CUP\",\"name\":\"Cup\",\"stock\":5,\"price\":{\"amount\":\"2.00\",\"currency\":\"BRL\"}}");
    UUID customer = created("/api/customers", "{\"name\":\"Ana\",\"email\":\"ana@example.org\"}");
    Instant before = Instant.now();
    UUID order =
        created(
            "/api/orders",
            "{\"customerId\":\"%s\",\"items\":[{\"productId\":\"%s\",\"quantity\":1}]}"
                .formatted(customer, product));
    await().until(() -> order(order).path("payment").isObject());

    JsonNode held =
        get("/api/inventory/reservations?orderId=" + order, reserva.admin()).json().at("/items/0");
    Instant expires = Instant.parse(held.path("expiresAt").asString());
    assertThat(expires).isBetween(before.plusSeconds(170), Instant.now().plusSeconds(190));
    JsonNode payment = get("/api/payments?orderId=" + order, reserva.admin()).json().at("/items/0");
    assertThat(payment.path("method").asString()).isEqualTo("pix");
  }

  @Test
  @EffectOf("reserva.financial.webhook-secret")
  void a_webhook_signed_with_the_secret_is_accepted() throws Exception {
    String body = "{\"paymentId\":\"%s\",\"status\":\"SUCCEEDED\"}".formatted(UUID.randomUUID());
    assertThat(webhook(body, body).status())
        .as("it is believed, and knows no payment")
        .isEqualTo(404);
    assertThat(webhook(body, body + " ").status()).isEqualTo(401);
  }

  private static TestReserva.Reply webhook(String signed, String sent) throws Exception {
    String id = UUID.randomUUID().toString();
    String timestamp = String.valueOf(Instant.now().getEpochSecond());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(WEBHOOK_KEY, "HmacSHA256"));
    String signature =
        Base64.getEncoder()
            .encodeToString(mac.doFinal((id + "." + timestamp + "." + signed).getBytes(UTF_8)));
    return reserva.call(
        "POST",
        "/api/payments/webhook",
        null,
        sent,
        "webhook-id",
        id,
        "webhook-timestamp",
        timestamp,
        "webhook-signature",
        "v1," + signature);
  }

  @Test
  @EffectOf("reserva.sales.catch-up")
  void an_order_for_an_unknown_product_waits_as_long_as_configured() {
    UUID customer = created("/api/customers", "{\"name\":\"Bo\",\"email\":\"bo@example.org\"}");
    TestReserva.Reply reply =
        reserva.call(
            "POST",
            "/api/orders",
            reserva.admin(),
            "{\"customerId\":\"%s\",\"items\":[{\"sku\":\"NOWHERE\",\"quantity\":1}]}"
                .formatted(customer));
    assertThat(reply.status()).isEqualTo(422);
    assertThat(Extra.WAITS).containsSequence("sales", Duration.ofSeconds(7));
  }

  private static UUID created(String path, String body) {
    TestReserva.Reply reply = reserva.call("POST", path, reserva.admin(), body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(201);
    return UUID.fromString(reply.json().path("id").asString());
  }

  private static JsonNode order(UUID id) {
    return get("/api/orders/" + id, reserva.admin()).json();
  }

  @Test
  @EffectOf({
    "reserva.inventory.expiry-interval",
    "reserva.sales.deadlines.interval",
    "reserva.operations.dashboard-interval"
  })
  void workers_take_a_step_as_often_as_configured() {
    Backbone backbone = reserva.bean(Backbone.class);
    await()
        .atMost(Duration.ofSeconds(40)) // the defaults make 8 to 40 steps of it
        .untilAsserted(() ->
            assertThat(
                    backbone.workers().stream()
                        .filter(worker ->
                            Set.of("inventory.expiry", "sales.deadlines", "operations.dashboard")
                                .contains(worker.name())))
                .hasSize(3)
                .allSatisfy(worker -> assertThat(worker.steps()).isGreaterThan(80)));
  }

  // ---- operations

  @Test
  @EffectOf("reserva.operations.integrity-time-limit")
  void a_count_that_takes_too_long_is_cancelled() {
    TestReserva.Reply reply = get("/api/integrity", reserva.admin());
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.header("Retry-After")).isNotEmpty();
  }

  @Test
  @EffectOf("reserva.operations.dashboard-clients")
  void one_authenticated_client_too_many_of_the_live_feed_is_refused() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient();
        HttpClient elsewhere =
            HttpClient.newBuilder().localAddress(InetAddress.ofLiteral("127.0.0.8")).build()) {
      List<Closing> silent = Stream.generate(Closing::new).limit(6).toList();
      CompletableFuture.allOf(
              silent.stream()
                  .map(client -> connecting(elsewhere, client))
                  .toArray(CompletableFuture<?>[]::new))
          .get(20, TimeUnit.SECONDS);
      assertThat(CompletableFuture.anyOf(statuses(silent)).get(20, TimeUnit.SECONDS))
          .as("one too many of an address that has not authenticated")
          .isEqualTo(1013);

      Closing first = new Closing();
      WebSocket socket = connect(http, first);
      authenticate(socket);
      assertThat(first.message.get(20, TimeUnit.SECONDS)).contains("authenticated");
      Closing second = new Closing();
      authenticate(connect(http, second));
      assertThat(second.status.get(20, TimeUnit.SECONDS)).isEqualTo(1013);
      assertThat(first.status).isNotDone();
      socket.abort();

      CompletableFuture.allOf(statuses(silent)).get(20, TimeUnit.SECONDS);
      assertThat(silent)
          .extracting(client -> client.status.join())
          .as("clients that do not authenticate")
          .containsExactlyInAnyOrder(1013, 4401, 4401, 4401, 4401, 4401);
    }
  }

  private static CompletableFuture<?>[] statuses(List<Closing> clients) {
    return clients.stream().map(client -> client.status).toArray(CompletableFuture<?>[]::new);
  }

  private static void authenticate(WebSocket socket) {
    socket
        .sendText("{\"type\":\"authenticate\",\"token\":\"%s\"}".formatted(reserva.admin()), true)
        .join();
  }

  private static WebSocket connect(HttpClient http, WebSocket.Listener listener) {
    return connecting(http, listener).join();
  }

  private static CompletableFuture<WebSocket> connecting(
      HttpClient http, WebSocket.Listener listener) {
    return http.newWebSocketBuilder()
        .buildAsync(
            URI.create("ws://127.0.0.1:%d/ws/dashboard".formatted(reserva.port())), listener);
  }

  private static final class Closing implements WebSocket.Listener {
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final CompletableFuture<String> message = new CompletableFuture<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      message.complete(text.toString());
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      status.complete(code);
      return null;
    }
  }

  // ---- database and stop

  @Test
  @Order(Integer.MAX_VALUE - 1)
  @EffectOf("reserva.database.pool-size")
  void a_request_without_a_connection_is_answered_503() throws SQLException {
    HikariDataSource pool = (HikariDataSource) reserva.bean(DataSource.class);
    List<Connection> taken = new ArrayList<>();
    try {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) {
                  taken.add(pool.getConnection());
                }
              })
          .isInstanceOf(SQLTransientConnectionException.class);
      assertThat(taken).hasSizeLessThanOrEqualTo(CONNECTIONS);
      assertThat(pool.getHikariPoolMXBean().getTotalConnections()).isEqualTo(CONNECTIONS);

      TestReserva.Reply reply = get("/api/orders", reserva.admin());
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.header("Retry-After")).isNotEmpty();
    } finally {
      for (Connection connection : taken) {
        connection.close();
      }
    }
    assertThat(get("/api/orders", reserva.admin()).status()).isEqualTo(200);
  }

  @Test
  @Order(Integer.MAX_VALUE)
  @EffectOf("reserva.events.stop-timeout")
  void a_stop_waits_for_a_step_under_way() throws Exception {
    Extra.LONG.set(true);
    assertThat(Extra.BEGUN.await(20, TimeUnit.SECONDS)).isTrue();

    reserva.close();

    assertThat(Extra.ENDED).as("with the default it is cut off").isTrue();
  }
}
