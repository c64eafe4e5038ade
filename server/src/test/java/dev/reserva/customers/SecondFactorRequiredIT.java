package dev.reserva.customers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.EffectOf;
import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server on which staff must have a second factor. */
class SecondFactorRequiredIT {

  private static final String PATH = "/api/auth/second-factor";

  private static TestReserva reserva;

  @BeforeAll
  static void start() {
    reserva = TestReserva.start("customers", null, "reserva.security.staff-second-factor=required");
  }

  @AfterAll
  static void stop() {
    reserva.close();
  }

  private static Reply logIn(String username, String password, String otp) {
    return reserva.call(
        "POST",
        "/api/auth/token",
        null,
        "{\"username\":\"%s\",\"password\":\"%s\"%s}".formatted(username, password, otp));
  }

  @Test
  @EffectOf("reserva.security.staff-second-factor")
  void staff_without_a_second_factor_may_only_set_one_up() {
    String enrolling = reserva.admin();
    Reply refused = reserva.call("GET", "/api/users", enrolling, null);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().get("type").asString())
        .isEqualTo("/problems/second-factor-enrolment-required");
    assertThat(reserva.call("GET", PATH, enrolling, null).json().get("required").asBoolean())
        .isTrue();

    AuthenticatorApp app =
        new AuthenticatorApp(
            reserva
                .call(
                    "POST",
                    PATH,
                    enrolling,
                    "{\"password\":\"%s\"}".formatted(TestReserva.ADMIN_PASSWORD))
                .json()
                .get("secret")
                .asString());
    assertThat(
            reserva
                .call(
                    "POST", PATH + "/confirm", enrolling, "{\"code\":\"%s\"}".formatted(app.code()))
                .status())
        .isEqualTo(200);

    Reply login =
        logIn("admin", TestReserva.ADMIN_PASSWORD, ",\"otp\":\"%s\"".formatted(app.nextCode()));
    String token = login.json().get("accessToken").asString();
    assertThat(reserva.call("GET", "/api/users", token, null).status()).isEqualTo(200);
  }

  @Test
  void a_customer_needs_none() {
    String body =
        "{\"name\":\"Buyer\",\"email\":\"buyer@example.org\",\"password\":\"correct horse battery\"}";
    assertThat(reserva.call("POST", "/api/customers", null, body).status()).isIn(201, 202);
    Reply login = logIn("buyer@example.org", "correct horse battery", "");
    String token = login.json().get("accessToken").asString();
    assertThat(reserva.call("GET", "/api/customers", token, null).status()).isEqualTo(200);
  }
}
