package dev.reserva.platform.web;

import dev.reserva.platform.audit.Audited;
import dev.reserva.platform.audit.AuditedCommand;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.web.RequestContext.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Makes the audit trail's records of commands. A controller that says nothing is recorded all the
 * same, with its route as the action and the id in its path, or the one it created, as the subject.
 */
final class AuditedCommands {

  private AuditedCommands() {}

  /** Whether a command of this caller is on record. */
  static boolean concerns(RequestContext request) {
    return request.caller().isStaff() || request.caller().isEnrolling();
  }

  static AuditedCommand of(RequestContext request, Answer answer) {
    Audited told = answer.audited();
    return new AuditedCommand(
        request.actor(), request.cause(), told == null ? byRoute(request, answer) : told);
  }

  private static Audited byRoute(RequestContext request, Answer answer) {
    Origin origin = request.origin();
    return new Audited(
        origin.method() + " " + origin.pattern(),
        origin.subject() == null ? created(answer) : origin.subject(),
        Changes.NONE);
  }

  /** The last segment of the Location. */
  private static @Nullable String created(Answer answer) {
    String location = answer.headers().get("Location");
    return location == null ? null : location.substring(location.lastIndexOf('/') + 1);
  }
}
