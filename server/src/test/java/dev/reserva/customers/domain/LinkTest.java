package dev.reserva.customers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.customers.domain.Link.Owner;
import dev.reserva.customers.domain.Link.Purpose;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LinkTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final Owner ANA = new Owner.OfCustomer(UUID.randomUUID());

  @Test
  void a_link_has_an_end() {
    UUID id = UUID.randomUUID();

    assertThat(new Link(id, Purpose.VERIFY_EMAIL, ANA, NOW, NOW.plusMillis(1)).expiresAt())
        .isEqualTo(NOW.plusMillis(1));
    assertThatThrownBy(() -> new Link(id, Purpose.VERIFY_EMAIL, ANA, NOW, NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a link must expire after %s, was to expire at %s", NOW, NOW);
  }

  @Test
  void a_purpose_has_a_name_on_the_wire() {
    assertThat(Purpose.VERIFY_EMAIL.wire()).isEqualTo("verify_email");
    assertThat(Purpose.RESET_PASSWORD.wire()).isEqualTo("reset_password");
  }
}
