package dev.reserva.customers.adapters.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.customers.adapters.zxcvbn.ZxcvbnCommonPasswords;
import dev.reserva.customers.application.PasswordRules;
import dev.reserva.customers.application.Passwords.Share;
import dev.reserva.customers.domain.ContextWords;
import dev.reserva.customers.domain.Password;
import dev.reserva.messaging.Overloaded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

class DelegatingPasswordsTest {

  private final DelegatingPasswords passwords = new DelegatingPasswords();

  @Test
  void every_character_of_a_long_password_counts() {
    for (String letter : List.of("a", "é", "Ж", "語", "🐭")) {
      String typed = letter.repeat(Password.MAX_LENGTH);
      String hash = passwords.hash(new Password(typed), Share.LOG_IN);
      assertThat(passwords.fits(typed, hash)).as(letter).isTrue();
      assertThat(passwords.fits(letter.repeat(Password.MAX_LENGTH - 1) + "x", hash))
          .as(letter)
          .isFalse();
      assertThat(passwords.fits(letter.repeat(Password.MAX_LENGTH + 1), hash)).as(letter).isFalse();
    }
  }

  @Test
  void the_normal_form_of_what_is_typed_does_not_matter() {
    String hash = passwords.hash(new Password("caf\u00e9 creme"), Share.LOG_IN);
    assertThat(passwords.fits("cafe\u0301 creme", hash)).isTrue();
    assertThat(passwords.fits("cafe creme", hash)).isFalse();
  }

  @Test
  void a_hash_of_an_earlier_version_still_matches() {
    String earlier = new BCryptPasswordEncoder(4).encode("password-1");
    assertThat(passwords.fits("password-1", earlier)).isTrue();
    assertThat(passwords.fits("password-2", earlier)).isFalse();
    assertThat(passwords.fits("password-1" + "x".repeat(100), earlier)).isFalse();
    String whole = new BCryptPasswordEncoder(4).encode("x".repeat(72));
    assertThat(passwords.fits("x".repeat(73), whole)).isFalse();
  }

  @Test
  void no_password_matches_a_missing_hash() {
    assertThat(passwords.fits("nobody's password", null)).isFalse();
    assertThat(passwords.fits("", null)).isFalse();
  }

  @Test
  void an_outdated_hash_is_upgraded_and_one_of_today_is_not() {
    String earlier = new BCryptPasswordEncoder(4).encode("password-1");
    String today = passwords.hash(new Password("password-1"), Share.LOG_IN);

    String upgraded = passwords.upgraded("password-1", String.valueOf(earlier)).orElseThrow();

    assertThat(upgraded).startsWith("{hmac-sha384+bcrypt}$2a$10$");
    assertThat(passwords.fits("password-1", upgraded)).isTrue();
    assertThat(passwords.upgraded("password-1", today)).isEmpty();
    assertThat(passwords.upgraded("password-1", "{hmac-sha384+bcrypt}$2a$04$" + "x".repeat(53)))
        .isPresent();
  }

  /** Makes no hash until it is allowed to. */
  private static final class Halted implements PasswordEncoder {
    final AtomicInteger underWay = new AtomicInteger();
    final CountDownLatch allowed = new CountDownLatch(1);

    @Override
    public String encode(@Nullable CharSequence password) {
      if (!"nobody's password".contentEquals(String.valueOf(password))) {
        underWay.incrementAndGet();
        try {
          allowed.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return "hash";
    }

    @Override
    public boolean matches(@Nullable CharSequence typed, @Nullable String hash) {
      return true;
    }
  }

  @Test
  void a_flood_of_registrations_is_refused_early_and_takes_no_place_of_a_login() {
    var halted = new Halted();
    var busy = new DelegatingPasswords(halted, 2);
    List<CompletableFuture<String>> registrations = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        registrations.add(
            CompletableFuture.supplyAsync(
                () -> busy.hash(new Password("password-1"), Share.REGISTRATION), threads));
      }
      // One is being made and 40 may wait. The others are refused before any is made.
      Awaitility.await()
          .until(() ->
              registrations.stream().filter(CompletableFuture::isDone).count() >= 59
                  && halted.underWay.get() == 1);
      assertThat(registrations.stream().filter(CompletableFuture::isDone))
          .allSatisfy(refused -> assertThat(refused.exceptionNow()).isInstanceOf(Overloaded.class));
      assertThat(busy.fits("password-1", "hash")).isTrue();
      halted.allowed.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "PassWord1", "12345678", "qwertyuiop", "iloveyou"})
  void a_common_password_is_refused_in_any_case(String typed) {
    PasswordRules rules =
        new PasswordRules(new ZxcvbnCommonPasswords(), ContextWords.of(List.of()));
    Assertions.assertThatThrownBy(() -> rules.parse(typed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("password must not be one of the most common passwords");
    assertThat(rules.parse("four unrelated words").value()).isEqualTo("four unrelated words");
  }
}
