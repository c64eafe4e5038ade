package dev.reserva.financial.adapters.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class WebhookSignaturesTest {

  private static final long NOW = 1_700_000_000;
  private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

  private final String secret = WebhookSignatures.newSecret();
  private final WebhookSignatures signatures = at(secret);

  @Test
  void a_signature_by_the_secret_is_valid() {
    assertThat(isGenuine(signatures.sign("id", now(), BODY))).isTrue();
  }

  @Test
  void while_a_key_is_being_changed_one_of_two_signatures_suffices() {
    String old = at(WebhookSignatures.newSecret()).sign("id", now(), BODY);

    assertThat(isGenuine(old)).isFalse();
    assertThat(isGenuine(old + " " + signatures.sign("id", now(), BODY))).isTrue();
  }

  @Test
  void id_time_and_body_are_part_of_what_is_signed() {
    String signature = signatures.sign("id", now(), BODY);

    assertThat(signatures.isGenuine("other", now(), signature, BODY)).isFalse();
    assertThat(signatures.isGenuine("id", String.valueOf(NOW + 1), signature, BODY)).isFalse();
    assertThat(signatures.isGenuine("id", now(), signature, new byte[0])).isFalse();
  }

  @Test
  void a_time_is_accepted_up_to_five_minutes_off() {
    assertThat(isGenuineAt(NOW - 300)).isTrue();
    assertThat(isGenuineAt(NOW + 300)).isTrue();
    assertThat(isGenuineAt(NOW - 301)).isFalse();
    assertThat(isGenuineAt(NOW + 301)).isFalse();
  }

  @Test
  void an_ill_formed_time_is_refused() {
    for (String time : new String[] {"", "now", "-1", "1e9", "99999999999999999999"}) {
      assertThat(signatures.isGenuine("id", time, signatures.sign("id", time, BODY), BODY))
          .as(time)
          .isFalse();
    }
  }

  @Test
  void the_example_of_the_standard_is_signed_alike() {
    var standard = at("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    assertThat(
            standard.sign(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "1614265330",
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void a_secret_that_is_too_short_is_refused() {
    assertThatThrownBy(() -> at("whsec_c2hvcnQ="))
        .hasMessage(
            "reserva.financial.webhook-secret must be whsec_ and at least 24 bytes in base64");
    assertThatThrownBy(() -> at("secret")).hasMessageContaining("whsec_");
    assertThatThrownBy(() -> at("whsec_no base64 at all!")).hasMessageContaining("whsec_");
  }

  private boolean isGenuine(String signature) {
    return signatures.isGenuine("id", now(), signature, BODY);
  }

  private boolean isGenuineAt(long second) {
    String time = String.valueOf(second);
    return signatures.isGenuine("id", time, signatures.sign("id", time, BODY), BODY);
  }

  private static String now() {
    return String.valueOf(NOW);
  }

  private static WebhookSignatures at(String secret) {
    return new WebhookSignatures(secret, Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC));
  }
}
