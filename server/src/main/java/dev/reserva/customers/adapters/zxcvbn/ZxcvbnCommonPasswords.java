package dev.reserva.customers.adapters.zxcvbn;

import com.nulabinc.zxcvbn.StandardDictionaries;
import dev.reserva.customers.application.CommonPasswords;
import dev.reserva.customers.domain.Password;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The passwords of the list of 30,000 in the zxcvbn library that have the minimum length. */
public final class ZxcvbnCommonPasswords implements CommonPasswords {

  private final Set<String> lowerCase;

  /** Reads the list from the library. */
  public ZxcvbnCommonPasswords() {
    try {
      lowerCase =
          StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream()
              .filter(password -> password.length() >= Password.MIN_LENGTH)
              .map(password -> password.toLowerCase(Locale.ROOT))
              .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the list of common passwords", e);
    }
  }

  @Override
  public boolean contains(Password password) {
    return lowerCase.contains(password.value().toLowerCase(Locale.ROOT));
  }
}
