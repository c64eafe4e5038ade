package dev.reserva.customers.adapters.hashing;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Bcrypt over the password itself, as earlier versions wrote it. It makes no new hashes. */
final class PlainBcrypt implements PasswordEncoder {

  private static final int BCRYPT_BYTES = 72;

  private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder();

  @Override
  public String encode(@Nullable CharSequence password) {
    throw new UnsupportedOperationException("new hashes are made by PrehashedBcrypt");
  }

  /** Takes as long for a text that bcrypt cannot read whole, which never matches. */
  @Override
  public boolean matches(@Nullable CharSequence typed, @Nullable String hash) {
    if (typed == null) {
      return false;
    }
    boolean readable = typed.toString().getBytes(StandardCharsets.UTF_8).length <= BCRYPT_BYTES;
    return bcrypt.matches(readable ? typed : "", hash) && readable;
  }
}
