package dev.reserva.operations.adapters.web;

import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.DeadLetters.Outcome;
import dev.reserva.messaging.UnreadableMessages;
import dev.reserva.operations.adapters.web.DeadLetterViews.Acted;
import dev.reserva.operations.adapters.web.DeadLetterViews.Kind;
import dev.reserva.operations.adapters.web.DeadLetterViews.Listing;
import dev.reserva.operations.adapters.web.DeadLetterViews.Story;
import dev.reserva.operations.application.RecordedFacts;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.InputErrors;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /api/dlq}: dead letters, and the operators' commands on them. */
@Tag(
    name = "dlq",
    description =
        "Dead letters: events that a subscription gave up, and messages that were not imported.")
@RestController
public final class DeadLetterController {

  /** Most dead letters that one request retries. A caller who wants more repeats the request. */
  private static final int MAX_RETRIED = 1_000;

  private final DeadLetters deadLetters;
  private final UnreadableMessages messages;
  private final MessageCommands messageCommands;
  private final RecordedFacts facts;
  private final DeadLetterLists lists;
  private final CommandsElsewhere elsewhere;
  private final Commands commands;

  public DeadLetterController(
      DeadLetters deadLetters,
      UnreadableMessages messages,
      MessageCommands messageCommands,
      RecordedFacts facts,
      DeadLetterLists lists,
      CommandsElsewhere elsewhere,
      Commands commands) {
    this.deadLetters = deadLetters;
    this.messages = messages;
    this.messageCommands = messageCommands;
    this.facts = facts;
    this.lists = lists;
    this.elsewhere = elsewhere;
    this.commands = commands;
  }

  /** How many run again. */
  record Retried(int retried) {}

  /** What the problem {@code dead-letter-state} tells besides. */
  record CurrentStatus(String currentStatus) {}

  /** What the problem {@code edit-refused} tells besides. */
  record EditErrors(List<InputError> errors) {}

  @Operation(
      summary = "List open dead letters",
      description =
          "Events that a subscription gave up, and messages of a broker that were not imported,"
              + " because they are no events or the broker gave them up, with the first 1,024 bytes"
              + " of their bodies; and how many there are of each sort.")
  @Input(name = "kind", what = "Only `event` or only `message`.")
  @GetMapping("/api/dlq")
  Listing list(PageRequest request, @RequestParam(required = false) @Nullable String kind) {
    InputErrors errors = new InputErrors();
    Kind only = errors.parameter("kind", kind, Kind::of);
    errors.throwIfAny();
    return lists.page(request, only);
  }

  @Operation(
      summary = "Get a dead letter",
      description =
          "With the stack trace and what was done about it; of a message, all that is kept of its"
              + " body (1 MiB).")
  @Input(name = "id", what = "The id of the dead letter.")
  @GetMapping("/api/dlq/{id}")
  Story find(@PathVariable UUID id) {
    return lists.find(id).orElseThrow(() -> unknown(id));
  }

  record RetryRequest(@Nullable JsonNode data) {}

  @Operation(
      summary = "Retry a dead letter",
      description =
          "As it is, or edited, which is kept on record. `data` is the payload of an event. Of a"
              + " message it is the whole event as a CloudEvent, which only an administrator may"
              + " write; as it is, the message is read again, for example by a version that knows"
              + " its type. An event that was imported before has no second effect.")
  @Answers(status = 202, body = Acted.class)
  @Input(name = "id", what = "The id of the dead letter.")
  @Refuses(
      status = 409,
      type = "dead-letter-state",
      when = "somebody has acted on it first",
      with = CurrentStatus.class)
  @Refuses(
      status = 409,
      type = "event-known",
      when = "the log has an event with the id of the edited message")
  @Refuses(
      status = 409,
      type = "fact-not-stated",
      when = "the edited message would state a fact that only a service can state")
  @Refuses(
      status = 422,
      type = "edit-refused",
      when =
          "the edited payload does not fit its schema, or changes ids or amounts; or the message is no event",
      with = EditErrors.class)
  @PostMapping("/api/dlq/{id}/retry")
  ResponseEntity<?> retry(
      RequestContext context,
      HttpServletRequest request,
      @PathVariable UUID id,
      @RequestBody(required = false) @Nullable RetryRequest body) {
    JsonNode data =
        body == null || body.data() == null || body.data().isNull() ? null : body.data();
    Optional<String> other = lists.otherDatabase(id);
    if (other.isPresent()) {
      return elsewhere.pass(
          other.get(),
          HttpMethod.POST,
          "/api/dlq/%s/retry".formatted(id),
          data == null ? null : Map.of("data", data),
          request);
    }
    if (messages.find(id).isPresent()) {
      return messageCommands.retry(context, id, data);
    }
    if (data != null) {
      InputErrors errors = new InputErrors();
      PayloadTexts.check(data, errors);
      errors.throwIfAny();
    }
    String edited = data == null ? null : data.toString();
    Optional<Outcome> refused = edited == null ? Optional.empty() : refusedEdit(id, edited);
    return commands.execute(
        context,
        tx ->
            answer(
                "operations.dead_letter.retry",
                id,
                refused.orElseGet(() -> deadLetters.retry(id, edited, context.caller().name(), tx)),
                "RETRYING",
                Changes.now("payload", edited == null ? null : "edited")));
  }

  /** An edit must not let an event by hand state a fact that its service has not stated. */
  private Optional<Outcome> refusedEdit(UUID id, String edited) {
    return deadLetters
        .find(id)
        .filter(detail -> facts.wouldStateAFact(detail.letter().event(), edited))
        .map(detail ->
            new Outcome.Refused(
                List.of(
                    new DeadLetters.Violation(
                        "",
                        "must repeat the last fact about its subject: the event was published by hand"))));
  }

  record RetryAllRequest(
      @Nullable String subscription, @Nullable String eventType, @Nullable String errorType) {}

  @Operation(
      summary = "Retry dead letters of a kind",
      description =
          "Those of the kind `event`, at most 1,000 of each database at once; without a selection, all.")
  @Answers(status = 202, body = Retried.class)
  @PostMapping("/api/dlq/retry")
  ResponseEntity<?> retryAll(
      RequestContext context,
      HttpServletRequest request,
      @RequestBody(required = false) @Nullable RetryAllRequest body) {
    RetryAllRequest asked = body == null ? new RetryAllRequest(null, null, null) : body;
    InputErrors errors = new InputErrors();
    errors.optional(
        "/subscription", asked.subscription(), text -> ShortText.of("subscription", text));
    errors.optional("/eventType", asked.eventType(), text -> ShortText.of("eventType", text));
    errors.optional("/errorType", asked.errorType(), text -> ShortText.of("errorType", text));
    errors.throwIfAny();
    return elsewhere.passToAll(
        HttpMethod.POST,
        "/api/dlq/retry",
        asked,
        request,
        answers ->
            retryOwn(
                context,
                asked,
                answers.stream().mapToInt(answer -> answer.path("retried").asInt()).sum()));
  }

  /**
   * @param others how many run again in other databases
   */
  private ResponseEntity<?> retryOwn(RequestContext context, RetryAllRequest asked, int others) {
    return commands.execute(
        context,
        tx -> {
          int retried =
              deadLetters.retryAll(
                  asked.subscription(),
                  asked.eventType(),
                  asked.errorType(),
                  context.caller().name(),
                  MAX_RETRIED,
                  tx);
          return Answer.accepted(new Retried(retried + others))
              .recorded(
                  "operations.dead_letter.retry_all",
                  "dead letters",
                  Changes.now("subscription", asked.subscription())
                      .and("eventType", null, asked.eventType())
                      .and("errorType", null, asked.errorType())
                      .and("retried", null, retried));
        });
  }

  record DiscardRequest(
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              minLength = 1,
              maxLength = ShortText.MAX_LENGTH,
              example = "test data")
          @Nullable String reason) {}

  @Operation(
      summary = "Discard a dead letter",
      description = "The reason is kept on record. What waits behind it runs.")
  @Answers(status = 202, body = Acted.class)
  @Input(name = "id", what = "The id of the dead letter.")
  @Refuses(
      status = 409,
      type = "dead-letter-state",
      when = "somebody has acted on it first",
      with = CurrentStatus.class)
  @DeleteMapping("/api/dlq/{id}")
  ResponseEntity<?> discard(
      RequestContext context,
      HttpServletRequest request,
      @PathVariable UUID id,
      @RequestBody DiscardRequest body) {
    InputErrors errors = new InputErrors();
    ShortText reason =
        errors.required("/reason", body.reason(), text -> ShortText.of("reason", text));
    errors.throwIfAny();
    String why = Objects.requireNonNull(reason).value();
    Optional<String> other = lists.otherDatabase(id);
    if (other.isPresent()) {
      return elsewhere.pass(
          other.get(), HttpMethod.DELETE, "/api/dlq/" + id, Map.of("reason", why), request);
    }
    if (messages.find(id).isPresent()) {
      return messageCommands.discard(context, id, why);
    }
    return commands.execute(
        context,
        tx ->
            answer(
                "operations.dead_letter.discard",
                id,
                deadLetters.discard(id, why, context.caller().name(), tx),
                "DISCARDED",
                Changes.now("reason", why)));
  }

  private static Answer answer(
      String action, UUID id, Outcome outcome, String status, Changes details) {
    return switch (outcome) {
      case Outcome.Done _ ->
          Answer.accepted(new Acted(id, status))
              .recorded(action, id, details.and("status", "OPEN", status));
      case Outcome.Unknown _ -> throw unknown(id);
      case Outcome.Conflict(String now) ->
          throw Problem.conflict(
                  "dead-letter-state",
                  "Another command came first",
                  "dead letter %s is %s, and only an open one can be retried or discarded"
                      .formatted(id, now))
              .with("currentStatus", now);
      case Outcome.Refused(List<DeadLetters.Violation> violations) ->
          throw Problem.impossible(
                  "edit-refused",
                  "The edited payload is refused",
                  "an edit must fit the event's schema and leave its ids and amounts as they were")
              .with(
                  "errors",
                  violations.stream()
                      .map(v -> new InputError("/data" + v.pointer(), v.message()))
                      .toList());
    };
  }

  private static Problem unknown(UUID id) {
    return Problem.notFound("dead letter", id);
  }
}
