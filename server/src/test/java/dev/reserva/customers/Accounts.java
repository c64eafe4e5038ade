package dev.reserva.customers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.SharedFixture;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import dev.reserva.contracts.Contracts;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The accounts of a server that runs customers alone, as its callers see them. */
final class Accounts implements AutoCloseable {

  /** Of all logins that are made here. */
  static final String PASSWORD = "password-1";

  static final Duration VERIFICATION_LIFETIME = Duration.ofDays(2);
  static final Duration RESET_LIFETIME = Duration.ofMinutes(30);

  private final AtomicInteger numbers = new AtomicInteger();
  private final TestReserva reserva =
      TestReserva.start(
          "customers",
          null,
          "reserva.customers.verification-lifetime=" + VERIFICATION_LIFETIME,
          "reserva.customers.reset-lifetime=" + RESET_LIFETIME,
          "reserva.customers.logins-per-address=1000000"); // all tests share an address
  private final JdbcClient sql = JdbcClient.create(reserva.bean(DataSource.class));

  private final String operator = hired("operator");

  /** A customer that has signed up. */
  record Owner(String id, String email, String token) {}

  static SharedFixture<Accounts> shared() {
    return new SharedFixture<>(Accounts.class, Accounts::new);
  }

  @Override
  public void close() {
    reserva.close();
  }

  TestReserva reserva() {
    return reserva;
  }

  JdbcClient sql() {
    return sql;
  }

  /** A new member of staff. */
  String hired(String role) {
    String username = "u" + UUID.randomUUID();
    hire(username, role);
    return username;
  }

  void hire(String username, String role) {
    reserva.hire(username, PASSWORD, role);
  }

  /** A token of an operator. */
  String operator() {
    return reserva.login(operator, PASSWORD);
  }

  String newEmail() {
    return "owner%d@example.org".formatted(numbers.incrementAndGet());
  }

  Reply signUp(String email, String password) {
    return register(null, email, password);
  }

  Reply register(@Nullable String token, String email, @Nullable String password) {
    return reserva.call(
        "POST",
        "/api/customers",
        token,
        password == null
            ? "{\"name\":\"Ana\",\"email\":\"%s\"}".formatted(email)
            : "{\"name\":\"Ana\",\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
  }

  /** A customer that has signed up. */
  Owner owner() {
    String email = newEmail();
    assertThat(signUp(email, PASSWORD).status()).isEqualTo(202);
    return new Owner(customer(email).get("id").asString(), email, reserva.login(email, PASSWORD));
  }

  JsonNode customer(String email) {
    return reserva
        .call("GET", "/api/customers?email=" + email, reserva.admin(), null)
        .json()
        .at("/items/0");
  }

  /** The status of a log-in. */
  int logIn(String username, String password) {
    return reserva
        .call(
            "POST",
            "/api/auth/token",
            null,
            "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password))
        .status();
  }

  List<String> factsOf(String customerId) {
    return reserva.bean(EventLog.class).ofKey(UUID.fromString(customerId), 0, 100).stream()
        .map(entry -> entry.event().type())
        .toList();
  }

  /** The records of the audit trail that contain a text. */
  String recordsAbout(String text) {
    return reserva
        .bean(EventLog.class)
        .search(EventLog.Filter.ANY, 0, Integer.MAX_VALUE)
        .entries()
        .stream()
        .map(entry -> entry.event())
        .filter(event -> event.type().equals(Contracts.AUDIT_RECORDED))
        .map(Event::data)
        .filter(data -> data.contains(text))
        .collect(Collectors.joining("\n"));
  }

  List<JsonNode> links(String filter) {
    return reserva
        .call("GET", "/api/auth/links?" + filter, reserva.admin(), null)
        .json()
        .get("items")
        .valueStream()
        .toList();
  }

  /** The only link of somebody, as soon as there is one. */
  JsonNode link(String filter) {
    return Awaitility.await().until(() -> links(filter), found -> found.size() == 1).getFirst();
  }

  String token(String filter) {
    return link(filter).get("token").asString();
  }

  /** Asks for a link to choose a new password. */
  Reply ask(@Nullable String caller, String member, String value) {
    return reserva.call(
        "POST", "/api/auth/password-reset", caller, "{\"%s\":\"%s\"}".formatted(member, value));
  }

  Reply confirm(String token, String password) {
    return reserva.call(
        "POST",
        "/api/auth/password-reset/confirm",
        null,
        "{\"token\":\"%s\",\"new\":\"%s\"}".formatted(token, password));
  }

  Reply verify(String token) {
    return reserva.call(
        "POST", "/api/auth/verify-email", null, "{\"token\":\"%s\"}".formatted(token));
  }

  /** Each end of a login's sessions raises it. */
  int version(String login) {
    return sql.sql("select version from customers.user_account where login = ?")
        .param(login)
        .query(Integer.class)
        .single();
  }

  void awaitRefused(String token) {
    Awaitility.await()
        .until(() -> reserva.call("GET", "/api/customers", token, null).status() == 401);
  }

  static void assertRefused(Reply reply, int status, String type) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.json().get("type").asString()).isEqualTo("/problems/" + type);
  }
}
