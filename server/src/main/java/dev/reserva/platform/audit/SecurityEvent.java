package dev.reserva.platform.audit;

import dev.reserva.messaging.Cause;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to the security of the system.
 *
 * @param cause correlation of the request
 * @param subject id or name of what it is about, such as the user name of a failed log-in; never an
 *     e-mail address and nothing that a caller may have mistyped, such as a password in the place
 *     of a name
 * @param details such as the reason
 */
public record SecurityEvent(
    SecurityAction action, Actor actor, Cause cause, @Nullable String subject, Changes details) {

  public SecurityEvent {
    subject = subject == null ? null : AuditText.clean(subject);
  }

  public static SecurityEvent of(SecurityAction action, Actor actor, Cause cause) {
    return new SecurityEvent(action, actor, cause, null, Changes.NONE);
  }

  /** The same event about this subject; null is none. */
  public SecurityEvent about(@Nullable Object about) {
    return new SecurityEvent(
        action, actor, cause, about == null ? null : about.toString(), details);
  }

  /** The same event with one more detail; null is left out. */
  public SecurityEvent with(String detail, @Nullable Object value) {
    return new SecurityEvent(action, actor, cause, subject, details.and(detail, null, value));
  }
}
