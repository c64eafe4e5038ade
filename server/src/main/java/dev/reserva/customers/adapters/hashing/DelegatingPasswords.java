package dev.reserva.customers.adapters.hashing;

import dev.reserva.customers.application.Passwords;
import dev.reserva.customers.domain.Password;
import dev.reserva.messaging.Overloaded;
import java.text.Normalizer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Hashes that name their algorithm, in the form of Spring Security's delegating encoder.
 *
 * <ul>
 *   <li>A new hash is made by {@link PrehashedBcrypt}, some 70 ms of a core.
 *   <li>A hash without a name is of an earlier version, by {@link PlainBcrypt}. It is accepted, and
 *       replaced at the next log-in.
 *   <li>Each share has a bounded pool of its own. Log-ins take no more than the cores but one, so
 *       they do not starve orders; registrations take half as many, and never a place of a log-in.
 * </ul>
 */
public final class DelegatingPasswords implements Passwords {

  private static final String CURRENT = "hmac-sha384+bcrypt";

  /** What a client waits before it gives up. At 70 ms a hash some 40 wait for one core. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(3);

  private static final int MAX_WAITING_PER_CORE = 40;

  private final PasswordEncoder encoder;
  private final Map<Share, HashingPool> pools = new EnumMap<>(Share.class);
  private final String nobodys;

  public DelegatingPasswords() {
    this(encoder(), Runtime.getRuntime().availableProcessors());
  }

  /**
   * @param encoder writes and reads hashes
   * @param cores of this machine
   */
  DelegatingPasswords(PasswordEncoder encoder, int cores) {
    this.encoder = encoder;
    pools.put(Share.LOG_IN, pool("log-in", Math.max(1, cores - 1)));
    pools.put(Share.REGISTRATION, pool("registration", Math.max(1, (cores - 1) / 2)));
    this.nobodys = encoded("nobody's password");
  }

  private static HashingPool pool(String name, int atOnce) {
    return new HashingPool(name, atOnce, atOnce * MAX_WAITING_PER_CORE, MAX_WAIT);
  }

  private static PasswordEncoder encoder() {
    var delegating = new DelegatingPasswordEncoder(CURRENT, Map.of(CURRENT, new PrehashedBcrypt()));
    delegating.setDefaultPasswordEncoderForMatches(new PlainBcrypt());
    return delegating;
  }

  @Override
  public String hash(Password password, Share share) {
    return pool(share).run(() -> encoded(password.value()));
  }

  @Override
  public boolean fits(String typed, @Nullable String hash) {
    boolean matches =
        pool(Share.LOG_IN).run(() -> encoder.matches(typed, hash == null ? nobodys : hash));
    return matches && hash != null;
  }

  @Override
  public Optional<String> upgraded(String typed, String hash) {
    if (!encoder.upgradeEncoding(hash)) {
      return Optional.empty();
    }
    try {
      String normal = Normalizer.normalize(typed, Normalizer.Form.NFC);
      return Optional.of(pool(Share.LOG_IN).run(() -> encoded(normal)));
    } catch (Overloaded e) {
      return Optional.empty(); // the next log-in tries again
    }
  }

  private HashingPool pool(Share share) {
    HashingPool pool = pools.get(share);
    if (pool == null) {
      throw new IllegalStateException("no pool for " + share);
    }
    return pool;
  }

  private String encoded(String password) {
    String hash = encoder.encode(password);
    if (hash == null) {
      throw new IllegalStateException("no hash of a password");
    }
    return hash;
  }
}
