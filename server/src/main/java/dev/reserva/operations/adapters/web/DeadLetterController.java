package dev.reserva.operations.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.DeadLetters.Detail;
import dev.reserva.messaging.DeadLetters.Group;
import dev.reserva.messaging.DeadLetters.Outcome;
import dev.reserva.operations.application.RecordedFacts;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.events.CloudEvents;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.openapi.Refuses;
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
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /api/dlq}: dead letters, and the operators' commands on them. */
@Tag(name = "dlq", description = "Dead letters: events that a subscription gave up on.")
@RestController
public final class DeadLetterController {

  /** Most dead letters that one request retries. A caller who wants more repeats the request. */
  private static final int MAX_RETRIED = 1_000;

  private final DeadLetters deadLetters;
  private final RecordedFacts facts;
  private final Commands commands;

  public DeadLetterController(DeadLetters deadLetters, RecordedFacts facts, Commands commands) {
    this.deadLetters = deadLetters;
    this.facts = facts;
    this.commands = commands;
  }

  record Failure(String type, String message) {}

  record FullFailure(String type, String message, String stackTrace) {}

  record Item(
      UUID id,
      String subscription,
      long position,
      @Schema(implementation = CloudEvents.class) JsonNode event,
      int attempts,
      Failure error,
      Instant firstFailedAt,
      Instant lastFailedAt,
      long blocked) {

    static Item of(DeadLetter letter) {
      return new Item(
          letter.id(),
          letter.subscription(),
          letter.position(),
          CloudEvents.toJson(letter.event()),
          letter.attempts(),
          new Failure(letter.errorType(), letter.errorMessage()),
          letter.firstFailedAt(),
          letter.lastFailedAt(),
          letter.blocked());
    }
  }

  record Listing(List<Item> items, List<Group> groups, @Nullable String nextCursor) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Step(
      Instant at,
      @Schema(allowableValues = {"dead_lettered", "retried", "edited", "discarded"}) String kind,
      String by,
      @Nullable String reason) {}

  /** What came of a command about one dead letter. */
  record Acted(UUID id, @Schema(allowableValues = {"RETRYING", "DISCARDED"}) String status) {}

  /** How many run again. */
  record Retried(int retried) {}

  /** What the problem {@code dead-letter-state} tells besides. */
  record CurrentStatus(String currentStatus) {}

  /** What the problem {@code edit-refused} tells besides. */
  record EditErrors(List<InputError> errors) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Story(
      UUID id,
      String subscription,
      long position,
      @Schema(allowableValues = {"OPEN", "RETRYING", "RESOLVED", "DISCARDED"}) String status,
      @Schema(implementation = CloudEvents.class) JsonNode event,
      @Nullable JsonNode originalData,
      int attempts,
      FullFailure error,
      Instant firstFailedAt,
      Instant lastFailedAt,
      long blocked,
      List<Step> actions) {

    static Story of(Detail detail) {
      DeadLetter letter = detail.letter();
      String original = detail.originalData();
      return new Story(
          letter.id(),
          letter.subscription(),
          letter.position(),
          detail.status(),
          CloudEvents.toJson(letter.event()),
          original == null
              ? null
              : CloudEvents.toJson(letter.event().withData(original)).path("data"),
          letter.attempts(),
          new FullFailure(letter.errorType(), letter.errorMessage(), detail.stackTrace()),
          letter.firstFailedAt(),
          letter.lastFailedAt(),
          letter.blocked(),
          detail.actions().stream()
              .map(action -> new Step(action.at(), action.kind(), action.by(), action.reason()))
              .toList());
    }
  }

  @Operation(
      summary = "List open dead letters",
      description = "With how many there are of each kind.")
  @GetMapping("/api/dlq")
  Listing list(PageRequest request) {
    List<DeadLetter> letters = deadLetters.list(request.before(), request.limit() + 1);
    Page<DeadLetter> page = Page.of(letters, request, letter -> letter.id().toString());
    return new Listing(
        page.items().stream().map(Item::of).toList(), deadLetters.groups(), page.nextCursor());
  }

  @Operation(
      summary = "Get a dead letter",
      description = "With the stack trace and what was done about it.")
  @Input(name = "id", what = "The id of the dead letter.")
  @GetMapping("/api/dlq/{id}")
  Story find(@PathVariable UUID id) {
    return deadLetters.find(id).map(Story::of).orElseThrow(() -> unknown(id));
  }

  record RetryRequest(@Nullable JsonNode data) {}

  @Operation(
      summary = "Retry a dead letter",
      description = "As it is, or with an edited payload, which is kept on record.")
  @Answers(status = 202, body = Acted.class)
  @Input(name = "id", what = "The id of the dead letter.")
  @Refuses(
      status = 409,
      type = "dead-letter-state",
      when = "somebody has acted on it first",
      with = CurrentStatus.class)
  @Refuses(
      status = 422,
      type = "edit-refused",
      when = "the edited payload does not fit its schema, or changes ids or amounts",
      with = EditErrors.class)
  @PostMapping("/api/dlq/{id}/retry")
  ResponseEntity<?> retry(
      RequestContext context,
      @PathVariable UUID id,
      @RequestBody(required = false) @Nullable RetryRequest body) {
    JsonNode data = body == null ? null : body.data();
    if (data != null) {
      InputErrors errors = new InputErrors();
      PayloadTexts.check(data, errors);
      errors.throwIfAny();
    }
    String edited = data == null || data.isNull() ? null : data.toString();
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
      description = "At most 1,000 at once; without a selection, all.")
  @Answers(status = 202, body = Retried.class)
  @PostMapping("/api/dlq/retry")
  ResponseEntity<?> retryAll(
      RequestContext context, @RequestBody(required = false) @Nullable RetryAllRequest body) {
    RetryAllRequest asked = body == null ? new RetryAllRequest(null, null, null) : body;
    InputErrors errors = new InputErrors();
    errors.optional(
        "/subscription", asked.subscription(), text -> ShortText.of("subscription", text));
    errors.optional("/eventType", asked.eventType(), text -> ShortText.of("eventType", text));
    errors.optional("/errorType", asked.errorType(), text -> ShortText.of("errorType", text));
    errors.throwIfAny();
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
          return Answer.accepted(new Retried(retried))
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
      RequestContext context, @PathVariable UUID id, @RequestBody DiscardRequest body) {
    InputErrors errors = new InputErrors();
    ShortText reason =
        errors.required("/reason", body.reason(), text -> ShortText.of("reason", text));
    errors.throwIfAny();
    String why = Objects.requireNonNull(reason).value();
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
