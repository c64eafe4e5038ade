package dev.reserva.notifications.adapters.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.notifications.application.UnsubscribeLinks.Subscribed;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Kind;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SignedLinksTest {

  private static final String URL = "https://shop.example/u/";
  private static final Subscribed PROGRESS =
      new Subscribed(new UUID(1, 2), Kind.PROGRESS, Channel.EMAIL);

  private final SignedLinks links = new SignedLinks("a secret of 32 bytes, or even more", URL);

  private String token() {
    return links.link(PROGRESS).orElseThrow().substring(URL.length());
  }

  @Test
  void a_token_tells_what_it_was_signed_for() {
    assertThat(links.read(token())).contains(PROGRESS);
  }

  @Test
  void a_token_that_was_changed_or_signed_elsewhere_tells_nothing() {
    String token = token();
    assertThat(links.read(token.replace("progress", "news"))).isEmpty();
    assertThat(links.read(token.replace("-0001-", "-0003-"))).isEmpty();
    assertThat(links.read(token.substring(1))).isEmpty();
    assertThat(links.read("")).isEmpty();
    assertThat(new SignedLinks("another secret of 32 bytes or more", URL).read(token)).isEmpty();
  }

  @Test
  void without_an_address_of_the_shop_there_are_no_links() {
    assertThat(new SignedLinks("a secret of 32 bytes, or even more", null).link(PROGRESS))
        .isEmpty();
  }
}
