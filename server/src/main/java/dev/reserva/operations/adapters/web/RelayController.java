package dev.reserva.operations.adapters.web;

import dev.reserva.contracts.Text;
import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Relays;
import dev.reserva.operations.application.SetRelayBack;
import dev.reserva.operations.application.SetRelayBack.Outcome;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/operations/relay}: what administrators do about the relay to a broker. */
@Tag(name = "relay", description = "The relay, which sends this database's events to a broker.")
@RestController
public final class RelayController {

  private static final String DATABASE =
      "That of the database's service, as `members` of `/api/stats` has it; absent for that of operations.";

  private final Relays relays;
  private final SetRelayBack setRelayBack;
  private final CommandsElsewhere elsewhere;
  private final Commands commands;

  public RelayController(
      Relays relays, SetRelayBack setRelayBack, CommandsElsewhere elsewhere, Commands commands) {
    this.relays = relays;
    this.setRelayBack = setRelayBack;
    this.elsewhere = elsewhere;
    this.commands = commands;
  }

  record ReplayRequest(
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              description = "The position in the log after which events are sent again.",
              minimum = "0",
              example = "0")
          @Nullable Long after) {}

  /** Where the relay goes on. */
  record SetBack(@Schema(example = "0") long after) {}

  @Operation(
      summary = "Send events to the broker again",
      description =
          "For a database that has lost them, such as one that was restored from a backup. Where an"
              + " event was imported before, it has no second effect.")
  @Answers(status = 202, body = SetBack.class)
  @Refuses(status = 404, type = "not-found", when = "this database has no relay")
  @Refuses(
      status = 409,
      type = "replay-refused",
      when = "the log does not have the position, or the events after it may take effect twice")
  @Input(name = "database", what = DATABASE)
  @PostMapping("/api/operations/relay/replay")
  ResponseEntity<?> replay(
      RequestContext context,
      HttpServletRequest request,
      @RequestBody ReplayRequest body,
      @RequestParam(required = false) @Nullable String database) {
    InputErrors errors = new InputErrors();
    String other = errors.optional("?database", database, this::known);
    Long position = errors.required("/after", body.after());
    if (position != null && position < 0) {
      errors.add("/after", "must be at least 0, was %d".formatted(position));
    }
    errors.throwIfAny();
    if (other != null) {
      return elsewhere.pass(other, HttpMethod.POST, "/api/operations/relay/replay", body, request);
    }
    long after = Objects.requireNonNull(position);
    return commands.execute(
        context,
        tx -> {
          refuseUnlessDone(setRelayBack.to(after, tx));
          return Answer.accepted(new SetBack(after))
              .recorded("operations.relay.replay", Backbone.RELAY, Changes.now("after", after));
        });
  }

  private String known(String name) {
    if (!elsewhere.databases().contains(name)) {
      throw new IllegalArgumentException(
          "must be one of the other databases %s, was \"%s\""
              .formatted(elsewhere.databases(), Text.excerpt(name)));
    }
    return name;
  }

  private static void refuseUnlessDone(Outcome outcome) {
    switch (outcome) {
      case Outcome.Done _ -> {}
      case Outcome.NoRelay _ -> throw unknown();
      case Outcome.OutOfLog(long first, long last) ->
          throw replayRefused("after must be a position of the log, %d..%d".formatted(first, last));
      case Outcome.TooOld(Instant at, Instant earliest) ->
          throw replayRefused(
              "the next event is of %s, and events before %s may take effect twice: inboxes may have forgotten them"
                  .formatted(at, earliest));
    }
  }

  private static Problem replayRefused(String detail) {
    return Problem.conflict("replay-refused", "Events cannot be sent again from there", detail);
  }

  @Operation(
      summary = "Remove the relay",
      description =
          "After the broker was removed for good. The relay's position keeps the log from being"
              + " shortened. A relay that starts later sends all that the log has.")
  @Answers(status = 204)
  @Refuses(status = 404, type = "not-found", when = "this database has no relay")
  @Refuses(status = 409, type = "relay-running", when = "a process relays to a broker")
  @Input(name = "database", what = DATABASE)
  @DeleteMapping("/api/operations/relay")
  ResponseEntity<?> remove(
      RequestContext context,
      HttpServletRequest request,
      @RequestParam(required = false) @Nullable String database) {
    InputErrors errors = new InputErrors();
    String other = errors.optional("?database", database, this::known);
    errors.throwIfAny();
    if (other != null) {
      return elsewhere.pass(other, HttpMethod.DELETE, "/api/operations/relay", null, request);
    }
    return commands.execute(
        context,
        tx ->
            switch (relays.remove(tx)) {
              case REMOVED ->
                  Answer.noContent().recorded("operations.relay.remove", Backbone.RELAY);
              case UNKNOWN -> throw unknown();
              case RUNNING ->
                  throw Problem.conflict(
                      "relay-running",
                      "The relay runs",
                      "a process relays to a broker, or has stopped within the last seconds without giving the relay up; stop it first");
            });
  }

  private static Problem unknown() {
    return new Problem(404, "not-found", "Not found", "this database has no relay");
  }
}
