package dev.reserva.webhooks.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of an endpoint, sealed.
 *
 * @param former the one before the last rotation, which signs beside the present one until its end
 */
public record Secrets(String present, @Nullable String former, @Nullable Instant formerUntil) {

  public Secrets {
    if ((former == null) != (formerUntil == null)) {
      throw new IllegalArgumentException("a former secret has an end");
    }
  }

  /** Two rotations within a day leave the two newest secrets. */
  Secrets rotated(String sealed, Instant until) {
    return new Secrets(sealed, present, until);
  }

  /** The former secret while it signs. */
  public @Nullable String former(Instant now) {
    return formerUntil != null && now.isBefore(formerUntil) ? former : null;
  }
}
