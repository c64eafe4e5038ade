package dev.reserva.platform.privacy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PaymentTokensTest {

  private static final String NEW_SECRET = "another secret, which took the place of the first";

  private final PaymentTokens tokens = TestKeys.paymentTokens();

  private String sealed(String token) {
    return requireNonNull(tokens.seal(token));
  }

  @Test
  void a_sealed_token_opens_and_does_not_show_itself() {
    String reference = sealed("tok_approve");
    assertThat(reference).matches("sealed-token:[0-9a-f]{8}:[A-Za-z0-9_-]+");
    assertThat(reference).doesNotContain("tok_approve");
    assertThat(tokens.open(reference)).isEqualTo("tok_approve");
    assertThat(tokens.seal(null)).isNull();
    assertThat(tokens.open(null)).isNull();
  }

  @Test
  void equal_tokens_have_equal_references_and_others_have_others() {
    assertThat(sealed("tok_1")).isEqualTo(sealed("tok_1")).isNotEqualTo(sealed("tok_2"));
  }

  @Test
  void the_longest_token_fits_the_longest_reference() {
    String longest = "🐭".repeat(255);
    assertThat(sealed(longest)).hasSizeLessThanOrEqualTo(PaymentTokens.MAX_REFERENCE_LENGTH);
    assertThat(tokens.open(sealed(longest))).isEqualTo(longest);
  }

  @Test
  void a_token_of_a_version_that_did_not_seal_is_itself() {
    assertThat(tokens.open("tok_approve")).isEqualTo("tok_approve");
  }

  @Test
  void a_reference_that_somebody_gives_for_a_token_stays_a_reference() {
    String stolen = sealed("tok_of_another");
    assertThat(tokens.open(sealed(stolen))).isEqualTo(stolen);
  }

  @Test
  void a_changed_reference_does_not_open() {
    String reference = sealed("tok_approve");
    char last = reference.charAt(reference.length() - 2);
    String changed =
        reference.substring(0, reference.length() - 2)
            + (last == 'A' ? 'B' : 'A')
            + reference.charAt(reference.length() - 1);
    for (String wrong :
        List.of(changed, "sealed-token:", "sealed-token:x", reference + "!", reference + "AAAA")) {
      assertThatThrownBy(() -> tokens.open(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("reserva.privacy.secret");
    }
  }

  @Test
  void a_replaced_secret_opens_what_it_sealed_and_seals_nothing_more() {
    PaymentTokens later = new PaymentTokens(new MasterKeys(NEW_SECRET, List.of(TestKeys.SECRET)));
    assertThat(later.open(sealed("tok_1"))).isEqualTo("tok_1");
    assertThat(later.seal("tok_1")).isNotEqualTo(sealed("tok_1"));
    assertThatThrownBy(() -> tokens.open(later.seal("tok_1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was sealed with secret");
  }
}
