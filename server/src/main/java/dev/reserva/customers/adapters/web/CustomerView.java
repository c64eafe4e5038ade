package dev.reserva.customers.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.customers.domain.Customer;
import dev.reserva.customers.domain.Language;
import dev.reserva.customers.domain.Phone;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A customer as the API shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CustomerView(
    UUID id,
    @Schema(example = "Maria Souza") String name,
    @Schema(example = "joana@example.org") String email,
    @Schema(example = "+55 11 91234-5678") @Nullable String phone,
    @Schema(
            example = "pt",
            allowableValues = {"en", "pt", "es"},
            description = "In which the customer is written to; absent for the shop's own.")
        @Nullable String language,
    boolean active,
    @Schema(description = "Whether the e-mail address is verified.") boolean verified,
    int version,
    Instant createdAt,
    Instant updatedAt) {

  static CustomerView of(Customer customer) {
    Phone phone = customer.phone();
    return new CustomerView(
        customer.id(),
        customer.name().value(),
        customer.email().value(),
        phone == null ? null : phone.value(),
        Language.wireOrNull(customer.language()),
        customer.active(),
        customer.verified(),
        customer.version(),
        customer.createdAt(),
        customer.updatedAt());
  }

  /** The entity tag. It changes whenever anything in the answer changes. */
  static String etag(Customer customer) {
    return "\"" + customer.version() + "\"";
  }
}
