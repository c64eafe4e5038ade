package dev.reserva.operations;

import static dev.reserva.operations.AuditedServer.PASSWORD;
import static dev.reserva.operations.AuditedServer.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.SharedFixture;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the audit trail tells of the commands of staff on customers and logins. */
class AuditedAccountsIT {

  @RegisterExtension
  private static final SharedFixture<AuditedServer> AUDITED = AuditedServer.shared();

  private final AuditedServer audited = AUDITED.get();

  @Test
  void a_change_of_a_customer_names_what_changed_and_shows_no_personal_data() {
    UUID changed =
        id(
            audited.admin(
                "POST", "/api/customers", "{\"name\":\"Bia Reis\",\"email\":\"bia@example.com\"}"));
    audited.admin(
        "PUT",
        "/api/customers/" + changed,
        "{\"name\":\"Bia Lima\",\"email\":\"bia@example.com\",\"phone\":\"+55 11 5555-0101\"}");
    audited.admin("DELETE", "/api/customers/" + changed, null);

    audited.newest("customers.customer.register", changed);
    assertThat(audited.changes("customers.customer.update", changed))
        .isEqualTo(Map.of("changed", " -> name, phone"));
    assertThat(audited.changes("customers.customer.deactivate", changed))
        .isEqualTo(Map.of("active", "true -> false"));
    assertThat(audited.items("?limit=200").toString()).doesNotContain("Bia", "bia@", "5555");
  }

  @Test
  void an_export_and_an_erasure_of_personal_data_are_on_record() {
    UUID erased = audited.register("erased@example.com");
    audited.admin("GET", "/api/customers/%s/export".formatted(erased), null);
    audited.admin("DELETE", "/api/customers/%s?erase=true".formatted(erased), null);

    assertThat(audited.newest("security.data.exported", erased).path("actor").asString())
        .isEqualTo("admin");
    audited.newest("customers.customer.erase", erased);
  }

  @Test
  void hiring_and_dismissing_is_told_with_the_roles() {
    audited.admin(
        "POST",
        "/api/users",
        "{\"username\":\"short.term\",\"password\":\"%s\",\"roles\":[\"warehouse\",\"operator\"]}"
            .formatted(PASSWORD));
    audited.admin("DELETE", "/api/users/short.term", null);

    assertThat(audited.changes("customers.user.hire", "short.term"))
        .isEqualTo(Map.of("roles", " -> operator, warehouse", "active", " -> true"));
    assertThat(audited.changes("customers.user.dismiss", "short.term"))
        .isEqualTo(Map.of("active", "true -> false"));
    assertThat(audited.items("?limit=200").toString()).doesNotContain(PASSWORD);
  }

  @Test
  void a_change_of_roles_is_told_with_both() {
    audited.reserva().hire("promoted", PASSWORD, "warehouse");
    audited.admin("PUT", "/api/users/promoted", "{\"roles\":[\"admin\"],\"active\":true}");

    assertThat(audited.changes("customers.user.update", "promoted"))
        .isEqualTo(Map.of("roles", "warehouse -> admin"));
  }
}
