package dev.reserva.customers.adapters.bcrypt;

import dev.reserva.customers.application.Passwords;
import dev.reserva.customers.domain.Password;
import dev.reserva.messaging.Overloaded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Bcrypt of 2^10 rounds, some 70 ms of a core; no more at once than there are cores, so that logins
 * cannot starve orders.
 */
public final class BcryptPasswords implements Passwords {

  private static final int STRENGTH = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder(STRENGTH);
  private final Semaphore cores =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
  private final String nobodys = bcrypt.encode("nobody's password");

  @Override
  public String hash(Password password) {
    return working(() -> bcrypt.encode(password.value()));
  }

  @Override
  public boolean fits(String typed, @Nullable String hash) {
    boolean possible =
        typed.getBytes(StandardCharsets.UTF_8).length <= Password.MAX_BYTES && hash != null;
    boolean matches =
        working(() -> bcrypt.matches(possible ? typed : "never", hash == null ? nobodys : hash));
    return matches && possible;
  }

  private <T> T working(Supplier<T> work) {
    try {
      if (!cores.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Overloaded("too many passwords are being checked", Duration.ofSeconds(1));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Overloaded("interrupted while waiting to check a password", Duration.ofSeconds(1));
    }
    try {
      return work.get();
    } finally {
      cores.release();
    }
  }
}
