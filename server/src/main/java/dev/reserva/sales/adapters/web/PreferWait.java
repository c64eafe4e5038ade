package dev.reserva.sales.adapters.web;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code Prefer: wait=N} (RFC 7240): how long a caller is willing to wait for the order to be
 * settled. A preference that cannot be understood is ignored, as the RFC demands.
 */
final class PreferWait {

  static final Duration MAX = Duration.ofSeconds(30);

  private static final Pattern WAIT =
      Pattern.compile("\\s*wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

  private static final Pattern COMMA = Pattern.compile(",");

  private PreferWait() {}

  /** At most {@link #MAX}; empty when the caller prefers not to wait. */
  static Optional<Duration> of(@Nullable List<String> headers) {
    if (headers == null) {
      return Optional.empty();
    }
    return headers.stream()
        .flatMap(header -> COMMA.splitAsStream(header))
        .map(WAIT::matcher)
        .filter(Matcher::matches)
        .map(matcher -> Duration.ofSeconds(Long.parseLong(matcher.group(1))))
        .filter(Duration::isPositive)
        .map(wait -> wait.compareTo(MAX) > 0 ? MAX : wait)
        .findFirst();
  }
}
