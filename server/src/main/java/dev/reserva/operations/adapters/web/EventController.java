package dev.reserva.operations.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.contracts.Contracts;
import dev.reserva.contracts.Text;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventLog.Filter;
import dev.reserva.operations.application.ManualPublications.ManualPublication;
import dev.reserva.operations.application.PublishByHand;
import dev.reserva.operations.application.PublishByHand.Draft;
import dev.reserva.operations.application.PublishByHand.Verdict;
import dev.reserva.operations.application.SystemLog;
import dev.reserva.operations.application.SystemLog.SystemEntry;
import dev.reserva.operations.application.SystemLog.SystemPage;
import dev.reserva.operations.application.SystemPosition;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.events.CloudEvents;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.Problem.InputError;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /api/events}: reads the log, and publishes events by hand. In addition to its CloudEvents
 * attributes, each event has its {@code position} in the log (for {@code ?after=}), and {@code
 * publishedby} if it was published by hand.
 */
@Tag(name = "events", description = "The event log.")
@RestController
public final class EventController {

  private final SystemLog log;
  private final PublishByHand publishByHand;
  private final PublishersElsewhere publishers;
  private final Commands commands;

  public EventController(
      SystemLog log,
      PublishByHand publishByHand,
      PublishersElsewhere publishers,
      Commands commands) {
    this.log = log;
    this.publishByHand = publishByHand;
    this.publishers = publishers;
    this.commands = commands;
  }

  /** Lists events, oldest first. The first page begins after the position {@code after}. */
  @Operation(
      summary = "Search the event log",
      description =
          "Oldest first; those of several databases by their times. Published by hand, an event says so. Audit events are for administrators; a page of others may have fewer items than its limit.")
  @Answers(body = EventPage.class)
  @Input(name = "subject", what = "Only events about this entity.")
  @Input(name = "key", what = "Only events of this partition key.")
  @Input(name = "type", what = "Only events of this type.")
  @Input(name = "correlationId", what = "Only events that one request set going.")
  @Input(name = "after", what = "Only events after this position of the log.")
  @GetMapping("/api/events")
  Page<ObjectNode> search(
      PageRequest request,
      RequestContext context,
      @RequestParam(required = false) @Nullable UUID subject,
      @RequestParam(required = false) @Nullable UUID key,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable String correlationId,
      @RequestParam(required = false) @Nullable String after) {
    InputErrors errors = new InputErrors();
    errors.optional("?type", type, text -> ShortText.of("type", text));
    errors.optional("?correlationId", correlationId, text -> ShortText.of("correlationId", text));
    SystemPosition position =
        errors.optional(
            request.after() == null ? "?after" : "?cursor",
            request.after() == null ? after : request.after(),
            SystemPosition::parse);
    errors.throwIfAny();
    SystemPage found =
        search(
            new Filter(subject, key, type, correlationId),
            position == null ? SystemPosition.BEGINNING : position,
            request.limit());
    return new Page<>(
        found.entries().stream()
            .filter(entry -> maySee(context, entry))
            .map(EventController::toJson)
            .toList(),
        found.next() == null ? null : request.cursor(found.next().toString()));
  }

  private SystemPage search(Filter filter, SystemPosition after, int limit) {
    try {
      return log.search(filter, after, limit);
    } catch (IllegalArgumentException e) { // a position of another system
      throw Problem.invalid("?after", String.valueOf(e.getMessage()));
    }
  }

  /** The audit trail is for administrators, in the log as well. */
  private static boolean maySee(RequestContext context, SystemEntry entry) {
    return context.caller().is(Role.ADMIN)
        || !entry.event().type().equals(Contracts.AUDIT_RECORDED);
  }

  private static ObjectNode toJson(SystemEntry entry) {
    ObjectNode json = CloudEvents.toJson(entry.event());
    json.put("position", entry.position().toString());
    ManualPublication publication = entry.byHand();
    if (publication != null) {
      json.put("publishedby", publication.by());
      json.put("unchecked", publication.unchecked());
    }
    return json;
  }

  record PublishRequest(
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "sales.order.paid")
          @Nullable String type,
      @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable UUID subject,
      @Nullable UUID key,
      @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable JsonNode data) {}

  /** Names the event that was published. */
  record PublishedEvent(UUID id, @Schema(example = "sales.order.paid") String type) {}

  /** What the problem {@code event-refused} tells besides. */
  record EventErrors(List<InputError> errors) {}

  /** How an event of the log is described: its CloudEvents attributes, and where it stands. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(allOf = CloudEvents.class)
  record LoggedEvent(
      @Schema(example = "17") String position,
      @Schema(description = "Who published it by hand.") @Nullable String publishedby,
      @Schema(description = "Whether its payload was not checked.") @Nullable Boolean unchecked) {}

  /** How a page of the log is described. */
  record EventPage(List<LoggedEvent> items, @Nullable String nextCursor) {}

  @Operation(
      summary = "Publish an event by hand",
      description = "For drills and repairs. It stays on record as published by hand.")
  @Answers(status = 202, body = PublishedEvent.class)
  @Input(name = "check", what = "Whether the payload must fit its schema; `false` for a drill.")
  @Refuses(status = 422, type = "unknown-event-type", when = "the catalogue has no such type")
  @Refuses(
      status = 409,
      type = "fact-not-stated",
      when = "the event would state a fact that only a service can state")
  @Refuses(
      status = 422,
      type = "event-refused",
      when = "the payload does not fit its schema, or is about something else",
      with = EventErrors.class)
  @PostMapping("/api/events")
  ResponseEntity<?> publish(
      RequestContext context,
      HttpServletRequest request,
      @RequestBody PublishRequest body,
      @RequestParam(defaultValue = "true") boolean check) {
    Draft draft = draft(body, check);
    Optional<String> other = publishers.databaseOf(Event.contextOf(draft.type()));
    if (other.isPresent()) {
      return publishers.pass(other.get(), body, check, request);
    }
    Verdict verdict = publishByHand.judge(draft);
    return commands.execute(
        context,
        tx -> {
          Event event =
              publishByHand.publish(
                  accepted(verdict), context.caller().name(), context.cause(), tx);
          return Answer.accepted(new PublishedEvent(event.id(), event.type()))
              .recorded(
                  "operations.event.publish",
                  event.subject(),
                  Changes.now("eventId", event.id())
                      .and("type", null, event.type())
                      .and("checked", null, check));
        });
  }

  private static Draft draft(PublishRequest body, boolean check) {
    InputErrors errors = new InputErrors();
    String type = errors.required("/type", body.type());
    UUID subject = errors.required("/subject", body.subject());
    JsonNode data = body.data() == null || body.data().isNull() ? null : body.data();
    errors.required("/data", data);
    if (data != null && !check) {
      PayloadTexts.check(data, errors); // what is checked repeats a fact word for word
    }
    errors.throwIfAny();
    return new Draft(
        Objects.requireNonNull(type),
        Objects.requireNonNull(subject),
        body.key(),
        Objects.requireNonNull(data).toString(),
        !check);
  }

  private static Verdict.Accepted accepted(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted accepted -> accepted;
      case Verdict.UnknownType unknown ->
          throw Problem.impossible(
              "unknown-event-type",
              "No such type of event",
              "there is no event type \"%s\"; GET /schemas lists all"
                  .formatted(Text.excerpt(unknown.type())));
      case Verdict.NoKey noKey ->
          throw Problem.invalid(
              "/key",
              "is required, since the payload names none: the id by which events of %s are kept in order"
                  .formatted(noKey.type()));
      case Verdict.Violated violated ->
          throw Problem.impossible(
                  "event-refused",
                  "The event is not what its type says",
                  "the payload must fit its schema and be about subject and key")
              .with(
                  "errors",
                  violated.violations().stream()
                      .map(v -> new InputError("/data" + v.pointer(), v.message()))
                      .toList());
      case Verdict.Unstated unstated ->
          throw Problem.conflict(
              "fact-not-stated",
              "Only its service can state this fact",
              "%s is not the last fact that its service has stated about %s; an event by hand repeats that one word for word, or is a drill that cannot be read (?check=false)"
                  .formatted(unstated.type(), unstated.subject()));
    };
  }
}
