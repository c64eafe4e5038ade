package dev.reserva.operations.adapters.web;

import dev.reserva.messaging.DeadLetters.Violation;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.UnreadableMessages;
import dev.reserva.messaging.UnreadableMessages.Outcome;
import dev.reserva.operations.adapters.web.DeadLetterViews.Acted;
import dev.reserva.operations.application.RetryUnreadable;
import dev.reserva.operations.application.RetryUnreadable.Verdict;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.Problem.InputError;
import dev.reserva.platform.web.RequestContext;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;

/** The operators' commands on messages of a broker that were not imported. */
public final class MessageCommands {

  private final UnreadableMessages messages;
  private final RetryUnreadable retryUnreadable;
  private final Commands commands;

  public MessageCommands(
      UnreadableMessages messages, RetryUnreadable retryUnreadable, Commands commands) {
    this.messages = messages;
    this.retryUnreadable = retryUnreadable;
    this.commands = commands;
  }

  /**
   * @param edited an event with its envelope; absent for the message as it is
   */
  ResponseEntity<?> retry(RequestContext context, UUID id, @Nullable JsonNode edited) {
    Verdict.Accepted accepted = edited == null ? null : judge(context, edited);
    return commands.execute(
        context,
        tx ->
            answer(
                "operations.message.retry",
                id,
                retryUnreadable.retry(id, accepted, context.caller().name(), tx),
                Changes.now("message", edited == null ? null : "edited")));
  }

  private Verdict.Accepted judge(RequestContext context, JsonNode edited) {
    if (!context.caller().is(Role.ADMIN)) {
      throw Problem.forbidden(
          "only an administrator may edit a message, because that publishes an event by hand");
    }
    InputErrors errors = new InputErrors();
    PayloadTexts.check(edited.path("data"), errors);
    errors.throwIfAny();
    return accepted(retryUnreadable.judge(edited.toString()));
  }

  private static Verdict.Accepted accepted(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted accepted -> accepted;
      case Verdict.Violated(List<Violation> violations) -> throw refused(violations);
      case Verdict.Known(UUID event) -> throw known(event);
      case Verdict.Unstated(String type, UUID subject) ->
          throw Problem.conflict(
              "fact-not-stated",
              "Only its service can state this fact",
              "%s is not the last fact that its service has stated about %s; what an administrator writes may only repeat that one"
                  .formatted(type, subject));
    };
  }

  ResponseEntity<?> discard(RequestContext context, UUID id, String reason) {
    return commands.execute(
        context,
        tx ->
            answer(
                "operations.message.discard",
                id,
                messages.discard(id, reason, context.caller().name(), tx),
                Changes.now("reason", reason)));
  }

  private static Answer answer(String action, UUID id, Outcome outcome, Changes details) {
    return switch (outcome) {
      case Outcome.Discarded _ ->
          Answer.accepted(new Acted(id, "DISCARDED"))
              .recorded(action, id, details.and("status", "OPEN", "DISCARDED"));
      case Outcome.Retried(Event event, boolean imported) ->
          Answer.accepted(new Acted(id, "RESOLVED"))
              .recorded(
                  action,
                  id,
                  details
                      .and("status", "OPEN", "RESOLVED")
                      .and("eventId", null, event.id())
                      .and("imported", null, imported));
      case Outcome.Unknown _ -> throw Problem.notFound("dead letter", id);
      case Outcome.Conflict(String now) -> throw closed(id, now);
      case Outcome.StillUnreadable(String reason) ->
          throw refused(List.of(new Violation("", reason)));
    };
  }

  private static Problem closed(UUID id, String status) {
    return Problem.conflict(
            "dead-letter-state",
            "Another command came first",
            "message %s is %s, and only an open one can be retried or discarded"
                .formatted(id, status))
        .with("currentStatus", status);
  }

  private static Problem known(UUID event) {
    return Problem.conflict(
        "event-known",
        "The log has this event",
        "event %s is in the log already; discard the message, or give the event an id of its own"
            .formatted(event));
  }

  private static Problem refused(List<Violation> violations) {
    return Problem.impossible(
            "edit-refused",
            "The edited payload is refused",
            "the message is no event: it must be a CloudEvent of a known type, with a payload that fits its schema")
        .with(
            "errors",
            violations.stream()
                .map(wrong -> new InputError("/data" + wrong.pointer(), wrong.message()))
                .toList());
  }
}
