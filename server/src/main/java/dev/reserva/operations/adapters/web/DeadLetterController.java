package dev.reserva.operations.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.DeadLetters.Detail;
import dev.reserva.messaging.DeadLetters.Group;
import dev.reserva.messaging.DeadLetters.Outcome;
import dev.reserva.platform.events.CloudEvents;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.Problem.InputError;
import dev.reserva.platform.web.RequestContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
@RestController
public final class DeadLetterController {

  /** Most dead letters that one request retries. A caller who wants more repeats the request. */
  private static final int MAX_RETRIED = 1_000;

  private final DeadLetters deadLetters;
  private final Commands commands;

  public DeadLetterController(DeadLetters deadLetters, Commands commands) {
    this.deadLetters = deadLetters;
    this.commands = commands;
  }

  record Failure(String type, String message) {}

  record FullFailure(String type, String message, String stackTrace) {}

  record Item(
      UUID id,
      String subscription,
      long position,
      JsonNode event,
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
  record Step(Instant at, String kind, String by, @Nullable String reason) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Story(
      UUID id,
      String subscription,
      long position,
      String status,
      JsonNode event,
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

  @GetMapping("/api/dlq")
  Listing list(PageRequest request) {
    List<DeadLetter> letters = deadLetters.list(request.before(), request.limit() + 1);
    Page<DeadLetter> page = Page.of(letters, request, letter -> letter.id().toString());
    return new Listing(
        page.items().stream().map(Item::of).toList(), deadLetters.groups(), page.nextCursor());
  }

  @GetMapping("/api/dlq/{id}")
  Story find(@PathVariable UUID id) {
    return deadLetters.find(id).map(Story::of).orElseThrow(() -> unknown(id));
  }

  record RetryRequest(@Nullable JsonNode data) {}

  @PostMapping("/api/dlq/{id}/retry")
  ResponseEntity<?> retry(
      RequestContext context,
      @PathVariable UUID id,
      @RequestBody(required = false) @Nullable RetryRequest body) {
    JsonNode data = body == null ? null : body.data();
    String edited = data == null || data.isNull() ? null : data.toString();
    return commands.execute(
        context,
        tx -> answer(id, deadLetters.retry(id, edited, context.caller().name(), tx), "RETRYING"));
  }

  record RetryAllRequest(
      @Nullable String subscription, @Nullable String eventType, @Nullable String errorType) {}

  @PostMapping("/api/dlq/retry")
  ResponseEntity<?> retryAll(
      RequestContext context, @RequestBody(required = false) @Nullable RetryAllRequest body) {
    RetryAllRequest asked = body == null ? new RetryAllRequest(null, null, null) : body;
    InputErrors errors = new InputErrors();
    errors.optional("/subscription", asked.subscription(), ShortText::new);
    errors.optional("/eventType", asked.eventType(), ShortText::new);
    errors.optional("/errorType", asked.errorType(), ShortText::new);
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
          return Answer.accepted(Map.of("retried", retried));
        });
  }

  record DiscardRequest(@Nullable String reason) {}

  @DeleteMapping("/api/dlq/{id}")
  ResponseEntity<?> discard(
      RequestContext context, @PathVariable UUID id, @RequestBody DiscardRequest body) {
    InputErrors errors = new InputErrors();
    ShortText reason = errors.required("/reason", body.reason(), ShortText::new);
    errors.throwIfAny();
    String why = Objects.requireNonNull(reason).value();
    return commands.execute(
        context,
        tx -> answer(id, deadLetters.discard(id, why, context.caller().name(), tx), "DISCARDED"));
  }

  private static Answer answer(UUID id, Outcome outcome, String status) {
    return switch (outcome) {
      case Outcome.Done _ -> Answer.accepted(Map.of("id", id, "status", status));
      case Outcome.Unknown _ -> throw unknown(id);
      case Outcome.Conflict(String now) ->
          throw Problem.conflict(
                  "dead-letter-state",
                  "Another command came first",
                  "dead letter %s is %s".formatted(id, now))
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
