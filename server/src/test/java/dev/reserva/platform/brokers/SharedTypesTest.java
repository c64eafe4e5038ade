package dev.reserva.platform.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.Contracts;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharedTypesTest {

  private static final Set<String> ALL =
      Set.of(
          "sales",
          "inventory",
          "financial",
          "logistics",
          "customers",
          "notifications",
          "webhooks",
          "operations");

  @Test
  void a_process_with_all_services_shares_nothing() {
    SharedTypes types = new SharedTypes(ALL);

    assertThat(types.heardElsewhere()).isEmpty();
    assertThat(types.heardHere()).isEmpty();
  }

  @Test
  void a_service_hears_what_others_publish_and_not_its_own() {
    SharedTypes types = new SharedTypes(Set.of("inventory", "financial"));

    assertThat(types.heardHere())
        .containsExactlyInAnyOrder(
            Contracts.ORDER_CREATED,
            Contracts.ORDER_PAYMENT_PENDING,
            Contracts.ORDER_PAID,
            Contracts.ORDER_CANCELLED,
            Contracts.RETURN_RECEIVED);
    assertThat(types.heardElsewhere())
        .contains(Contracts.STOCK_RESERVED, Contracts.PAYMENT_APPROVED, Contracts.AUDIT_RECORDED)
        .contains(Contracts.PAYMENT_REQUESTED, Contracts.PAYMENT_PROCESSING)
        .contains(Contracts.RECEIVABLE_OPENED, Contracts.RECEIVABLE_SETTLED)
        .contains(Contracts.STOCK_LOW)
        .doesNotContain(Contracts.STOCK_ADJUSTED);
  }

  @Test
  void what_is_sent_to_others_is_what_they_consume_of_what_is_published_here() {
    assertThat(new SharedTypes(ALL).sentTo()).isEmpty();
    assertThat(new SharedTypes(Set.of("inventory", "customers")).sentTo())
        .containsOnlyKeys("sales", "notifications", "operations")
        .containsEntry("operations", Set.of(Contracts.AUDIT_RECORDED))
        .hasEntrySatisfying(
            "sales",
            types ->
                assertThat(types)
                    .contains(Contracts.STOCK_RESERVED, Contracts.CUSTOMER_ERASED)
                    .doesNotContain(Contracts.PAYMENT_APPROVED));
  }

  @Test
  void schemas_of_the_platform_are_no_services() {
    assertThat(SharedTypes.ofSchemas(Set.of("messaging", "platform", "sales")).services())
        .containsExactly("sales");
  }
}
