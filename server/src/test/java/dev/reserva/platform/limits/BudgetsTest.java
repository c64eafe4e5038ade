package dev.reserva.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.platform.limits.Budgets.Share;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import io.github.bucket4j.TimeMeter;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockHttpServletRequest;

class BudgetsTest {

  private static final String ADDRESS = "203.0.113.7";
  private static final Caller CUSTOMER =
      new Caller("clara", Set.of(Role.CUSTOMER), UUID.randomUUID());
  private static final Caller NOBODY = new Caller("issuer#x", Set.of(), null);

  private final Budgets budgets =
      new Budgets(new LimitProperties(1, 2, 3, 4, 5, 6), TimeMeter.SYSTEM_MILLISECONDS);

  private String used(String method, String path, Caller caller) {
    MockHttpServletRequest request = new MockHttpServletRequest(method, path);
    request.setRemoteAddr(ADDRESS);
    @Nullable Share share = budgets.of(request, caller);
    return share == null ? "free" : share.budget().name() + " of " + share.of();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/inventory/products, anonymous-reads",
    "HEAD, /api/inventory/products, anonymous-reads",
    "POST, /api/auth/token, anonymous-writes",
    "POST, /api/payments/webhook, anonymous-writes",
    "POST, /api/customers, sign-ups",
    "POST, /api/auth/password-reset, sign-ups",
  })
  void without_a_token_the_address_pays(String method, String path, String budget) {
    assertThat(used(method, path, Caller.ANONYMOUS)).isEqualTo(budget + " of " + ADDRESS);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/orders, customer-reads of user:clara",
    "POST, /api/orders, customer-writes of user:clara",
    "DELETE, /api/orders/1, customer-writes of user:clara",
    "POST, /api/customers, sign-ups of 203.0.113.7",
  })
  void a_customer_pays_wherever_it_is_except_for_a_sign_up(
      String method, String path, String paid) {
    assertThat(used(method, path, CUSTOMER)).isEqualTo(paid);
  }

  @Test
  void a_caller_without_a_role_is_limited_like_a_customer() {
    assertThat(used("GET", "/api/orders", NOBODY)).isEqualTo("customer-reads of user:issuer#x");
  }

  @Test
  void a_key_and_a_user_of_the_same_name_are_two() {
    Caller key = new Caller(Caller.Kind.API_KEY, "otto", Set.of(Role.OPERATOR), null, null, null);

    assertThat(used("GET", "/api/orders", key)).isEqualTo("staff-requests of key:otto");
  }

  @ParameterizedTest
  @EnumSource(names = {"ADMIN", "OPERATOR", "WAREHOUSE"})
  void staff_have_one_budget_for_all(Role role) {
    Caller staff = new Caller("otto", Set.of(role), null);

    assertThat(used("GET", "/api/orders", staff)).isEqualTo("staff-requests of user:otto");
    assertThat(used("POST", "/api/customers", staff)).isEqualTo("staff-requests of user:otto");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/health, free",
    "/actuator/health/liveness, free",
    "/api/healthy, anonymous-reads of 203.0.113.7",
  })
  void checks_of_health_are_free(String path, String paid) {
    assertThat(used("GET", path, Caller.ANONYMOUS)).isEqualTo(paid);
  }
}
