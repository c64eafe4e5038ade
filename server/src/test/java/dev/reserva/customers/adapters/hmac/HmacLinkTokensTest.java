package dev.reserva.customers.adapters.hmac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.customers.domain.Link;
import dev.reserva.customers.domain.Link.Owner;
import dev.reserva.customers.domain.Link.Purpose;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HmacLinkTokensTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final Link LINK =
      new Link(
          UUID.randomUUID(),
          Purpose.RESET_PASSWORD,
          new Owner.OfCustomer(UUID.randomUUID()),
          NOW,
          NOW.plusSeconds(60));

  private final HmacLinkTokens tokens = new HmacLinkTokens("a secret of some length");

  @Test
  void a_token_leads_to_its_link_for_its_purpose_only() {
    String token = tokens.of(LINK);

    assertThat(token).hasSize(64).matches("[A-Za-z0-9_-]+");
    assertThat(tokens.idOf(token, Purpose.RESET_PASSWORD)).contains(LINK.id());
    assertThat(tokens.idOf(token, Purpose.VERIFY_EMAIL)).isEmpty();
    assertThat(tokens.of(LINK)).isEqualTo(token);
  }

  @Test
  void a_token_of_another_secret_and_every_changed_character_are_refused() {
    String token = tokens.of(LINK);

    assertThat(new HmacLinkTokens("another secret").idOf(token, Purpose.RESET_PASSWORD)).isEmpty();
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(tokens.idOf(changed, Purpose.RESET_PASSWORD)).as("character %d", i).isEmpty();
    }
    for (String text : new String[] {"", "x", "ä", token + token, token.substring(4)}) {
      assertThat(tokens.idOf(text, Purpose.RESET_PASSWORD)).as(text).isEmpty();
    }
  }
}
