package dev.reserva.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.EffectOf;
import dev.reserva.TestReserva;
import dev.reserva.contracts.Contracts;
import dev.reserva.messaging.EventLog;
import dev.reserva.platform.web.ProbeConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What the budgets of requests allow, each caller and address for itself. */
class LimitsIT {

  /** Far more than any of the budgets, even if some of it comes back meanwhile. */
  private static final int MANY = 2_000;

  private static final Pattern STATE = Pattern.compile("\"([a-z-]+)\";r=(\\d+);t=(\\d+)");

  private static TestReserva reserva;

  @BeforeAll
  static void start() {
    reserva =
        TestReserva.start(
            "customers",
            ProbeConfiguration.class,
            "reserva.http.limits.sign-ups=3",
            "reserva.http.limits.anonymous-reads=1",
            "reserva.http.limits.anonymous-writes=2",
            "reserva.http.limits.customer-reads=3",
            "reserva.http.limits.customer-writes=4",
            "reserva.http.limits.staff-requests=5");
  }

  @AfterAll
  static void stop() {
    reserva.close();
  }

  /** Clients of one address. */
  private record Caller(HttpClient http, @Nullable String token) implements AutoCloseable {

    static Caller from(String address, @Nullable String token) {
      return new Caller(
          HttpClient.newBuilder().localAddress(InetAddress.ofLiteral(address)).build(), token);
    }

    HttpResponse<String> call(String method, String path, Map<String, ?> body, String... headers) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + reserva.port() + path))
              .header("Content-Type", "application/json")
              .method(
                  method,
                  HttpRequest.BodyPublishers.ofString(
                      method.equals("GET") ? "" : JsonMapper.shared().writeValueAsString(body)));
      if (token != null) {
        request.header("Authorization", "Bearer " + token);
      }
      for (int i = 0; i < headers.length; i += 2) {
        request.header(headers[i], headers[i + 1]);
      }
      try {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    HttpResponse<String> get(String path, String... headers) {
      return call("GET", path, Map.of(), headers);
    }

    HttpResponse<String> post() {
      return call("POST", "/probe/echo", Map.of("number", 1));
    }

    @Override
    public void close() {
      http.close();
    }
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  /** Repeats a call until it is refused; checks the policy, and that all of it was allowed. */
  private static void usesUp(String budget, int quota, Supplier<HttpResponse<String>> call) {
    HttpResponse<String> answer = call.get();
    int allowed = 0;
    long least = Long.MAX_VALUE;
    while (answer.statusCode() != 429 && allowed < MANY) {
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
      assertThat(header(answer, BudgetFilter.POLICY))
          .startsWith("\"%s\";q=%d;w=".formatted(budget, quota));
      Matcher state = STATE.matcher(header(answer, BudgetFilter.STATE));
      assertThat(state.matches()).isTrue();
      least = Math.min(least, Long.parseLong(state.group(2)));
      allowed++;
      answer = call.get();
    }
    assertThat(answer.statusCode()).as("after %d calls", allowed).isEqualTo(429);
    assertThat(allowed).isGreaterThanOrEqualTo(quota);
    assertThat(least).isZero();
    assertThat(Long.parseLong(header(answer, "Retry-After"))).isPositive();
    assertThat(header(answer, BudgetFilter.STATE)).startsWith("\"" + budget + "\";r=0;t=");
    assertThat(answer.body()).contains("/problems/too-many-requests");
  }

  @Test
  void a_refusal_is_on_record_with_its_address_and_budget() {
    try (Caller caller = Caller.from("127.0.1.9", null)) {
      usesUp("anonymous-reads", 10, () -> caller.get("/probe/pages"));
    }
    await()
        .untilAsserted(() ->
            assertThat(
                    reserva
                        .bean(EventLog.class)
                        .search(
                            new EventLog.Filter(null, null, Contracts.AUDIT_RECORDED, null), 0, 200)
                        .entries())
                .anySatisfy(entry ->
                    assertThat(entry.event().data())
                        .contains("security.rate.limited", "127.0.1.9", "anonymous-reads")));
  }

  @Test
  @EffectOf("reserva.http.limits.anonymous-reads")
  void an_address_may_read_so_much_without_a_token_whatever_it_says_of_itself() {
    try (Caller caller = Caller.from("127.0.1.1", null);
        Caller another = Caller.from("127.0.1.2", null)) {
      usesUp("anonymous-reads", 10, () -> caller.get("/probe/pages"));

      int refused = 0;
      for (int i = 0; i < 20; i++) {
        refused +=
            caller.get("/probe/pages", "X-Forwarded-For", "198.51.100." + i).statusCode() == 429
                ? 1
                : 0;
      }
      assertThat(refused).isPositive();
      assertThat(another.get("/probe/pages").statusCode()).isEqualTo(200);
      for (int i = 0; i < 20; i++) {
        HttpResponse<String> health = caller.get("/actuator/health/liveness");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(header(health, BudgetFilter.STATE)).isEmpty();
      }
    }
  }

  @Test
  @EffectOf("reserva.http.limits.anonymous-writes")
  void an_address_may_write_so_much_without_a_token() {
    try (Caller caller = Caller.from("127.0.1.3", null)) {
      usesUp("anonymous-writes", 20, caller::post);
      assertThat(caller.get("/probe/pages").statusCode()).as("a read").isEqualTo(200);
    }
  }

  @Test
  @EffectOf("reserva.http.limits.sign-ups")
  void an_address_may_sign_up_so_often_and_staff_as_they_like() {
    int[] number = new int[1];
    Supplier<Map<String, String>> body =
        () -> Map.of("name", "Ana", "email", "ana%d@example.org".formatted(number[0]++));
    try (Caller caller = Caller.from("127.0.1.4", null);
        Caller staff = Caller.from("127.0.1.4", reserva.admin())) {
      usesUp("sign-ups", 3, () -> caller.call("POST", "/api/customers", body.get()));
      assertThat(staff.call("POST", "/api/customers", body.get()).statusCode()).isEqualTo(201);
      assertThat(caller.post().statusCode()).as("another write").isEqualTo(200);
    }
  }

  @Test
  @EffectOf({"reserva.http.limits.customer-reads", "reserva.http.limits.customer-writes"})
  void a_customer_may_read_and_write_so_much_from_all_addresses_together() {
    String token = customer("clara@example.org");
    try (Caller caller = Caller.from("127.0.1.5", token);
        Caller elsewhere = Caller.from("127.0.1.6", token);
        Caller other = Caller.from("127.0.1.5", customer("dora@example.org"))) {
      usesUp("customer-reads", 30, () -> caller.get("/probe/pages"));
      usesUp("customer-writes", 40, elsewhere::post);

      assertThat(other.get("/probe/pages").statusCode()).isEqualTo(200);
      assertThat(other.post().statusCode()).isEqualTo(200);
    }
  }

  private static String customer(String email) {
    reserva.call(
        "POST",
        "/api/customers",
        reserva.admin(),
        """
        {"name":"Clara","email":"%s","password":"a long password"}\
        """
            .formatted(email));
    return reserva.login(email, "a long password");
  }

  @Test
  @EffectOf("reserva.http.limits.staff-requests")
  void a_user_of_the_staff_may_send_so_many_requests() {
    reserva.hire("otto", "a long password", "operator");
    try (Caller caller = Caller.from("127.0.1.7", reserva.login("otto", "a long password"))) {
      usesUp("staff-requests", 50, () -> caller.get("/probe/operators"));
    }
    assertThat(reserva.call("GET", "/probe/operators", reserva.admin(), null).status())
        .isEqualTo(200);
  }
}
