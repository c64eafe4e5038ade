package dev.reserva.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.EffectOf;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Passwords that are little more than a name, wherever somebody chooses one. */
class PasswordContextIT {

  private static final String GOOD = "correct horse battery";

  private static TestReserva reserva;

  @BeforeAll
  static void start() {
    reserva =
        TestReserva.start("customers", null, "reserva.customers.context-words=Casa Azul,ipanema");
  }

  @AfterAll
  static void stop() {
    reserva.close();
  }

  private static Reply post(String path, @Nullable String token, String body) {
    return reserva.call("POST", path, token, body);
  }

  private static void assertRefused(Reply reply, String pointer) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(400);
    assertThat(reply.json().at("/errors/0/pointer").asString()).isEqualTo(pointer);
    assertThat(reply.json().at("/errors/0/message").asString())
        .isEqualTo(
            "password must have at least 8 characters besides the names of the user and of the"
                + " shop");
  }

  private static Reply signUp(String email, String password) {
    return post(
        "/api/customers",
        null,
        "{\"name\":\"Ana\",\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
  }

  private static Reply hire(String name, String password) {
    return post(
        "/api/users",
        reserva.admin(),
        "{\"username\":\"%s\",\"password\":\"%s\",\"roles\":[\"operator\"]}"
            .formatted(name, password));
  }

  private static Reply changePassword(String token, String chosen) {
    return post(
        "/api/auth/password", token, "{\"current\":\"%s\",\"new\":\"%s\"}".formatted(GOOD, chosen));
  }

  private static Reply confirm(String filter, String chosen) {
    String link =
        Awaitility.await()
            .until(
                () ->
                    reserva
                        .call("GET", "/api/auth/links?" + filter, reserva.admin(), null)
                        .json()
                        .at("/items/0/token")
                        .asString(""),
                token -> !token.isEmpty());
    return post(
        "/api/auth/password-reset/confirm",
        null,
        "{\"token\":\"%s\",\"new\":\"%s\"}".formatted(link, chosen));
  }

  @Test
  void nobody_signs_up_with_a_password_of_the_own_address() {
    assertRefused(signUp("joana.souza@example.org", "Souza-2024"), "/password");
    assertThat(signUp("joana.souza@example.org", "Souza, and much more").status()).isEqualTo(202);
  }

  @Test
  void a_customer_takes_no_password_of_the_own_address() {
    assertThat(signUp("carla.reis@example.org", GOOD).status()).isEqualTo(202);
    String token = reserva.login("carla.reis@example.org", GOOD);
    String id =
        reserva.call("GET", "/api/customers", token, null).json().at("/items/0/id").asString();

    assertRefused(changePassword(token, "carla-reis-1"), "/new");
    assertRefused(
        reserva.call(
            "PUT",
            "/api/customers/" + id,
            token,
            ("{\"name\":\"Carla\",\"email\":\"moved@example.org\",\"password\":\"moved-2024\","
                    + "\"currentPassword\":\"%s\"}")
                .formatted(GOOD)),
        "/password");
    assertThat(changePassword(token, "another " + GOOD).status()).isEqualTo(204);
  }

  @Test
  void a_link_sets_no_password_of_its_owners_address() {
    String customer =
        "{\"name\":\"Bia\",\"email\":\"bianca@example.org\",\"password\":\"%s\"}".formatted(GOOD);
    assertThat(post("/api/customers", reserva.admin(), customer).status()).isEqualTo(201);

    assertRefused(confirm("email=bianca@example.org", "bianca123"), "/new");
    assertThat(confirm("email=bianca@example.org", "another " + GOOD).status()).isEqualTo(204);
  }

  @Test
  void staff_has_no_password_of_the_own_user_name() {
    assertRefused(hire("ana.lima", "Ana_L1ma"), "/password");
    assertThat(hire("ana.lima", GOOD).status()).isEqualTo(201);
    String token = reserva.login("ana.lima", GOOD);
    assertRefused(changePassword(token, "ana-lima-2024"), "/new");

    assertThat(
            post("/api/auth/password-reset", reserva.admin(), "{\"username\":\"ana.lima\"}")
                .status())
        .isEqualTo(202);
    assertRefused(confirm("username=ana.lima", "ana-lima-2024"), "/new");
    assertThatThrownBy(() -> reserva.bean(RescueLogin.class).rescue("ana.lima", "ana-lima-2024"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("password must have at least 8 characters besides");
  }

  @Test
  @EffectOf("reserva.customers.context-words")
  void nobody_has_a_password_of_the_shops_names() {
    assertRefused(signUp("dora@example.org", "casaazul1"), "/password");
    assertRefused(hire("dario", "1pan3ma!"), "/password");
    assertThat(signUp("dora@example.org", "reserva-12").status())
        .as("the name of the product, which is not configured here")
        .isEqualTo(202);
  }
}
