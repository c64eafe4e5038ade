package dev.reserva.operations.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.messaging.DeadLetters.Action;
import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.DeadLetters.Detail;
import dev.reserva.messaging.DeadLetters.Group;
import dev.reserva.messaging.UnreadableMessages;
import dev.reserva.messaging.UnreadableMessages.Unreadable;
import dev.reserva.platform.events.CloudEvents;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code /api/dlq} shows: events that a subscription gave up, and messages that are none. */
final class DeadLetterViews {

  static final String EVENT = "event";
  static final String MESSAGE = "message";

  private static final String NO_EVENT = "UnreadableMessage";

  private DeadLetterViews() {}

  /** Which dead letters. */
  enum Kind {
    EVENT(DeadLetterViews.EVENT),
    MESSAGE(DeadLetterViews.MESSAGE);

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    static Kind of(String text) {
      return switch (text) {
        case DeadLetterViews.EVENT -> EVENT;
        case DeadLetterViews.MESSAGE -> MESSAGE;
        default -> throw new IllegalArgumentException("must be event or message");
      };
    }
  }

  /**
   * @param groups of the kind {@code event}
   * @param queues of the kind {@code message}
   */
  record Listing(
      List<Item> items,
      @Schema(description = "Open dead letters of the kind `event`, counted.") List<Group> groups,
      @Schema(description = "Open dead letters of the kind `message`, counted.")
          List<UnreadableMessages.Group> queues,
      @Nullable String nextCursor) {}

  record Failure(String type, String message) {}

  record FullFailure(String type, String message, String stackTrace) {}

  /** An entry of the list. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(
      description =
          "A dead letter of the kind `event` has `position` and `event`; of the kind `message`, which"
              + " came by a broker and was not imported, it has `message`.")
  record Item(
      UUID id,
      @Schema(allowableValues = {EVENT, MESSAGE}) String kind,
      @Schema(description = "Or the intake that did not import the message.") String subscription,
      @Nullable Long position,
      @Schema(implementation = CloudEvents.class) @Nullable JsonNode event,
      @Nullable RawMessage message,
      int attempts,
      Failure error,
      Instant firstFailedAt,
      Instant lastFailedAt,
      long blocked) {

    static Item of(DeadLetter letter) {
      return new Item(
          letter.id(),
          EVENT,
          letter.subscription(),
          letter.position(),
          CloudEvents.toJson(letter.event()),
          null,
          letter.attempts(),
          new Failure(letter.errorType(), letter.errorMessage()),
          letter.firstFailedAt(),
          letter.lastFailedAt(),
          letter.blocked());
    }

    static Item of(Unreadable message, JsonMapper json) {
      return new Item(
          message.id(),
          MESSAGE,
          intakeOf(message),
          null,
          null,
          RawMessage.of(message, json),
          1,
          new Failure(NO_EVENT, message.reason()),
          message.receivedAt(),
          message.receivedAt(),
          0);
    }
  }

  private static String intakeOf(Unreadable message) {
    return "intake." + message.queue();
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Step(
      Instant at,
      @Schema(allowableValues = {"dead_lettered", "retried", "edited", "discarded"}) String kind,
      String by,
      @Nullable String reason) {

    static List<Step> of(List<Action> actions) {
      return actions.stream()
          .map(action -> new Step(action.at(), action.kind(), action.by(), action.reason()))
          .toList();
    }
  }

  /** A dead letter by itself. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Story(
      UUID id,
      @Schema(allowableValues = {EVENT, MESSAGE}) String kind,
      String subscription,
      @Nullable Long position,
      @Schema(allowableValues = {"OPEN", "RETRYING", "RESOLVED", "DISCARDED"}) String status,
      @Schema(implementation = CloudEvents.class) @Nullable JsonNode event,
      @Nullable JsonNode originalData,
      @Nullable RawMessage message,
      @Schema(description = "The event that the message became.") @Nullable UUID eventId,
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
          EVENT,
          letter.subscription(),
          letter.position(),
          detail.status(),
          CloudEvents.toJson(letter.event()),
          original == null
              ? null
              : CloudEvents.toJson(letter.event().withData(original)).path("data"),
          null,
          null,
          letter.attempts(),
          new FullFailure(letter.errorType(), letter.errorMessage(), detail.stackTrace()),
          letter.firstFailedAt(),
          letter.lastFailedAt(),
          letter.blocked(),
          Step.of(detail.actions()));
    }

    static Story of(UnreadableMessages.Detail detail, JsonMapper json) {
      Unreadable message = detail.message();
      return new Story(
          message.id(),
          MESSAGE,
          intakeOf(message),
          null,
          detail.status(),
          null,
          null,
          RawMessage.of(message, json),
          detail.eventId(),
          1,
          new FullFailure(NO_EVENT, message.reason(), ""),
          message.receivedAt(),
          message.receivedAt(),
          0,
          Step.of(detail.actions()));
    }
  }

  /** What came of a command about one dead letter. */
  record Acted(
      UUID id, @Schema(allowableValues = {"RETRYING", "RESOLVED", "DISCARDED"}) String status) {}
}
