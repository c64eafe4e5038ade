package dev.reserva.sales.adapters.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reserva.contracts.Money;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.web.Problem;
import dev.reserva.sales.adapters.web.OrderFilters.Parameters;
import dev.reserva.sales.application.Orders.Filter;
import dev.reserva.sales.application.Orders.Search;
import dev.reserva.sales.domain.OrderNumber;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.TotalRange;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderFiltersTest {

  private static final UUID ANNA = new UUID(0x7000, 1);
  private static final Caller STAFF = new Caller("operator", Set.of(Role.OPERATOR), null);
  private static final Caller CUSTOMER = new Caller("anna", Set.of(Role.CUSTOMER), ANNA);

  @Test
  void all_filters_can_be_combined() {
    var asked =
        new Parameters(
            "PAID",
            ANNA,
            "r-000123-4",
            "2026-01-31T12:00:00Z",
            "2026-02-01T00:00:00+01:00",
            "ＭOUSE",
            "10.00",
            "20",
            "BRL",
            "fraud");
    assertThat(OrderFilters.of(asked, STAFF))
        .isEqualTo(
            new Filter(
                OrderStatus.PAID,
                ANNA,
                new OrderNumber(123),
                Instant.parse("2026-01-31T12:00:00Z"),
                Instant.parse("2026-01-31T23:00:00Z"),
                new Search(
                    "MOUSE",
                    new TotalRange("BRL", Money.of("10", "BRL"), Money.of("20", "BRL")),
                    "fraud",
                    true)));
  }

  @Test
  void an_empty_parameter_is_not_a_filter() {
    var asked = new Parameters("", null, " ", "", "", "", "", "", "", "");
    assertThat(OrderFilters.of(asked, STAFF))
        .isEqualTo(new Filter(null, null, null, null, null, new Search(null, null, null, true)));
  }

  @Test
  void a_customer_filters_only_its_own_orders() {
    Filter filter = OrderFilters.of(total(null, null, null), CUSTOMER);
    assertThat(filter.customerId()).isEqualTo(ANNA);
    assertThat(filter.search().everyNote()).isFalse();
    var others =
        new Parameters(null, new UUID(9, 9), null, null, null, null, null, null, null, null);
    assertThatThrownBy(() -> OrderFilters.of(others, CUSTOMER))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(403));
  }

  @Test
  void an_error_is_named_with_an_example() {
    assertThat(errors(total("10.00", null, null))).contains("?minTotal", "?currency=BRL");
    assertThat(errors(total(null, "10.00", "XXXX"))).contains("?currency", "ISO 4217");
    assertThat(errors(total("1e3", null, "BRL"))).contains("?minTotal", "such as 10.00");
    assertThat(errors(total("-1", null, "BRL"))).contains("?minTotal");
    assertThat(errors(total("1.005", null, "BRL"))).contains("?minTotal", "decimal digits");
    assertThat(errors(total("2", "1", "BRL"))).contains("at most maxTotal, 1.00 BRL");
    var asked =
        new Parameters("LOST", null, "R-000123-5", "now", null, "", null, null, null, "a\0");
    assertThat(errors(asked))
        .contains("?status", "?number", "R-000123-4", "?from", "2026-01-31T12:00:00Z", "?reason");
  }

  private static Parameters total(
      @Nullable String min, @Nullable String max, @Nullable String currency) {
    return new Parameters(null, null, null, null, null, null, min, max, currency, null);
  }

  private static String errors(Parameters asked) {
    Problem problem = catchThrowableOfType(Problem.class, () -> OrderFilters.of(asked, STAFF));
    assertThat(problem).isNotNull();
    assertThat(problem.status()).isEqualTo(400);
    return String.valueOf(problem.members().get("errors"));
  }
}
