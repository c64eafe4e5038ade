package dev.reserva.customers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.customers.domain.SecondFactor.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecondFactorTest {

  /** In the middle of time step 1,000,000. */
  private static final Instant NOW = Instant.ofEpochSecond(30_000_015);

  private static final OneTimeCode WRONG = new OneTimeCode("999999");

  private final SecondFactor factor =
      SecondFactor.begun(UUID.randomUUID(), "sealed", NOW).confirmed(NOW);

  /** The code of a step is its number. */
  private static OneTimeCode code(long step) {
    return new OneTimeCode("%06d".formatted(step % 900_000));
  }

  private static Check check(SecondFactor factor, OneTimeCode typed, Instant now) {
    return factor.check(typed, SecondFactorTest::code, now);
  }

  private static SecondFactor right(Check check) {
    assertThat(check).isInstanceOf(Check.Right.class);
    return ((Check.Right) check).next();
  }

  private static SecondFactor wrong(Check check) {
    assertThat(check).isInstanceOf(Check.Wrong.class);
    return ((Check.Wrong) check).next();
  }

  @ParameterizedTest
  @CsvSource({"-2,false", "-1,true", "0,true", "1,true", "2,false"})
  void a_code_counts_for_its_step_and_the_ones_beside_it(int steps, boolean counts) {
    OneTimeCode typed = code(SecondFactor.step(NOW) + steps);
    assertThat(check(factor, typed, NOW) instanceof Check.Right).isEqualTo(counts);
  }

  @Test
  void a_step_is_30_seconds_since_1970() {
    assertThat(SecondFactor.step(Instant.ofEpochSecond(29))).isZero();
    assertThat(SecondFactor.step(Instant.ofEpochSecond(30))).isEqualTo(1);
    assertThat(SecondFactor.step(NOW)).isEqualTo(1_000_000);
  }

  @Test
  void a_code_counts_once_and_so_do_those_before_it() {
    long step = SecondFactor.step(NOW);
    SecondFactor used = right(check(factor, code(step), NOW));
    assertThat(check(used, code(step), NOW)).isInstanceOf(Check.Wrong.class);
    assertThat(check(used, code(step - 1), NOW)).isInstanceOf(Check.Wrong.class);
    assertThat(check(used, code(step + 1), NOW)).isInstanceOf(Check.Right.class);
  }

  @Test
  void wrong_codes_pause_it_for_longer_and_longer() {
    SecondFactor next = factor;
    Instant now = NOW;
    for (int i = 1; i < SecondFactor.FREE_TRIES; i++) {
      next = wrong(check(next, WRONG, now));
      assertThat(next.pausedUntil()).isNull();
    }
    for (int seconds : new int[] {30, 60, 120, 240, 480, 960, 1920, 3600, 3600}) {
      next = wrong(check(next, WRONG, now));
      assertThat(next.pausedUntil()).isEqualTo(now.plusSeconds(seconds));
      OneTimeCode right = code(SecondFactor.step(now));
      assertThat(check(next, right, now.plusSeconds(seconds).minusMillis(1)))
          .isEqualTo(new Check.Paused(now.plusSeconds(seconds)));
      now = now.plusSeconds(seconds);
    }
    assertThat(check(next, code(SecondFactor.step(now)), now)).isInstanceOf(Check.Right.class);
  }

  @Test
  void the_pause_stays_the_longest_however_many_were_wrong() {
    var guessed =
        new SecondFactor(factor.account(), "sealed", NOW, -1, Integer.MAX_VALUE, null, NOW);
    SecondFactor next = wrong(check(guessed, WRONG, NOW));
    assertThat(next.failed()).isEqualTo(Integer.MAX_VALUE);
    assertThat(next.pausedUntil()).isEqualTo(NOW.plus(Duration.ofHours(1)));
  }

  @Test
  void a_right_code_or_a_recovery_code_forgives_the_wrong_ones_before() {
    SecondFactor guessed = wrong(check(factor, WRONG, NOW));
    assertThat(guessed.failed()).isEqualTo(1);
    assertThat(right(check(guessed, code(SecondFactor.step(NOW)), NOW)).failed()).isZero();
    var paused = new SecondFactor(factor.account(), "sealed", NOW, 7, 9, NOW.plusSeconds(1), NOW);
    assertThat(paused.recovered())
        .isEqualTo(new SecondFactor(factor.account(), "sealed", NOW, 7, 0, null, NOW));
  }

  @Test
  void it_asks_for_nothing_until_it_is_confirmed() {
    SecondFactor begun = SecondFactor.begun(UUID.randomUUID(), "sealed", NOW);
    assertThat(begun.active()).isFalse();
    SecondFactor used = right(check(begun, code(SecondFactor.step(NOW)), NOW));
    assertThat(used.active()).isFalse();
    assertThat(used.confirmed(NOW).active()).isTrue();
    assertThat(used.confirmed(NOW).lastStep()).isEqualTo(SecondFactor.step(NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"492039", " 492 039 ", "492-039"})
  void a_code_may_be_typed_with_spaces_and_dashes(String typed) {
    assertThat(SecondProof.typed(typed)).isEqualTo(new OneTimeCode("492039"));
  }

  @Test
  void a_recovery_code_may_be_typed_as_shown_in_any_case() {
    RecoveryCode code = new RecoveryCode("abcdefghijklmnopqrstuvwx7");
    assertThat(code.shown()).isEqualTo("abcde-fghij-klmno-pqrst-uvwx7");
    assertThat(SecondProof.typed(code.shown())).isEqualTo(code);
    assertThat(SecondProof.typed("ABCDE FGHIJ KLMNO PQRST UVWX7")).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "49203", "4920391", "49203x", "٤٩٢٠٣٩", "abcdefghijklmnopqrstuvwx1", "abc"})
  void anything_else_is_neither(String typed) {
    assertThatThrownBy(() -> SecondProof.typed(typed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "must be the 6 digits of the authenticator, such as 492039, or a recovery code");
  }

  @Test
  void values_refuse_a_wrong_form() {
    assertThatThrownBy(() -> new OneTimeCode("12345"))
        .hasMessage("a one-time code must have 6 digits, such as 492039");
    assertThatThrownBy(() -> new OneTimeCode("12345a"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RecoveryCode("abc"))
        .hasMessage("a recovery code must have 25 of a-z and 2-7, had 3");
  }

  @Test
  void recovery_codes_are_random_and_their_digest_depends_on_the_account() {
    var random = new java.security.SecureRandom();
    RecoveryCode one = RecoveryCode.random(random);
    assertThat(RecoveryCode.random(random)).isNotEqualTo(one);
    UUID account = UUID.randomUUID();
    assertThat(one.digest(account)).hasSize(64).isEqualTo(one.digest(account));
    assertThat(one.digest(UUID.randomUUID())).isNotEqualTo(one.digest(account));
  }

  @Test
  void no_code_or_secret_is_printed() {
    assertThat(factor.toString())
        .isEqualTo("SecondFactor[account=%s, confirmedAt=%s]", factor.account(), NOW);
    assertThat(WRONG.toString()).isEqualTo("OneTimeCode[…]");
    assertThat(RecoveryCode.random(new java.security.SecureRandom()).toString())
        .isEqualTo("RecoveryCode[…]");
  }
}
