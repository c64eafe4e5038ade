package dev.reserva.platform.members;

import dev.reserva.messaging.DependencyUnavailable;

/** A process of another database gave no answer that can be used. */
public final class MemberUnavailable extends DependencyUnavailable {
  private static final long serialVersionUID = 1L;

  MemberUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
