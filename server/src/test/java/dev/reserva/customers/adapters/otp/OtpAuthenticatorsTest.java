package dev.reserva.customers.adapters.otp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.customers.application.Authenticators;
import dev.reserva.customers.domain.OneTimeCode;
import dev.reserva.customers.domain.SecondFactor;
import dev.reserva.platform.security.Sealing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtpAuthenticatorsTest {

  private static final UUID ACCOUNT = UUID.fromString("018f4c00-0000-7000-8000-000000000001");

  private final Sealing sealing = new Sealing("a secret of thirty-two bytes or more", "test");
  private final OtpAuthenticators authenticators = new OtpAuthenticators(sealing);

  /** Appendix B of RFC 6238, whose secret is the ASCII text, cut to six digits. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130"
  })
  void codes_are_those_of_the_rfc(long second, String code) {
    String secret =
        new Base32().encodeAsString("12345678901234567890".getBytes(StandardCharsets.US_ASCII));
    SecondFactor factor =
        SecondFactor.begun(ACCOUNT, sealing.seal(secret, ACCOUNT.toString()), Instant.EPOCH);
    assertThat(
            authenticators
                .codes(factor)
                .orElseThrow()
                .at(SecondFactor.step(Instant.ofEpochSecond(second))))
        .isEqualTo(new OneTimeCode(code));
  }

  @Test
  void the_app_reads_the_secret_from_a_uri() {
    Authenticators.Secret secret = authenticators.create(ACCOUNT, "ana.lima");
    assertThat(secret.shown()).matches("[A-Z2-7]{32}");
    assertThat(secret.uri())
        .isEqualTo(
            "otpauth://totp/Reserva:ana.lima?secret=%s&issuer=Reserva&algorithm=SHA1&digits=6&period=30",
            secret.shown());
    assertThat(authenticators.create(ACCOUNT, "ana.lima").shown()).isNotEqualTo(secret.shown());
  }

  @Test
  void the_stored_secret_is_unreadable_for_others() {
    Authenticators.Secret secret = authenticators.create(ACCOUNT, "ana.lima");
    assertThat(secret.sealed()).doesNotContain(secret.shown());
    assertThat(secret.toString()).doesNotContain(secret.shown());
    assertThat(
            authenticators.codes(
                SecondFactor.begun(UUID.randomUUID(), secret.sealed(), Instant.EPOCH)))
        .isEmpty();
  }
}
