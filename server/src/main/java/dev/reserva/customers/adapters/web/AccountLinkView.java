package dev.reserva.customers.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.customers.application.LinkTokens;
import dev.reserva.customers.application.Links;
import dev.reserva.customers.domain.Email;
import dev.reserva.customers.domain.Link;
import dev.reserva.customers.domain.Link.Owner;
import dev.reserva.customers.domain.Link.Purpose;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A link that can be used, as the API shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AccountLinkView(
    UUID id,
    @Schema(implementation = Purpose.class) String purpose,
    @Nullable UUID customerId,
    @Schema(example = "joana@example.org") @Nullable String email,
    @Schema(example = "ana.lima") @Nullable String username,
    @Schema(description = "What the link's holder sends.") String token,
    Instant createdAt,
    Instant expiresAt) {

  /** The link with its token. */
  static AccountLinkView of(Links.Open open, LinkTokens tokens) {
    Link link = open.link();
    Email email = open.email();
    return new AccountLinkView(
        link.id(),
        link.purpose().wire(),
        link.owner() instanceof Owner.OfCustomer(UUID customer) ? customer : null,
        email == null ? null : email.value(),
        open.username(),
        tokens.of(link),
        link.createdAt(),
        link.expiresAt());
  }

  /** Secrets stay out of logs. */
  @Override
  public String toString() {
    return "AccountLinkView[%s]".formatted(id);
  }
}
