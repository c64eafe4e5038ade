package dev.reserva.webhooks.adapters.web;

import dev.reserva.messaging.Transactions;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import dev.reserva.webhooks.adapters.web.WebhookViews.DeliveryView;
import dev.reserva.webhooks.adapters.web.WebhookViews.DueView;
import dev.reserva.webhooks.adapters.web.WebhookViews.ReplayView;
import dev.reserva.webhooks.application.Deliveries;
import dev.reserva.webhooks.application.Endpoints;
import dev.reserva.webhooks.application.RepeatDeliveries;
import dev.reserva.webhooks.application.Replays;
import dev.reserva.webhooks.application.StartReplay;
import dev.reserva.webhooks.application.TestEndpoint;
import dev.reserva.webhooks.domain.Delivery;
import dev.reserva.webhooks.domain.DeliveryStatus;
import dev.reserva.webhooks.domain.Endpoint;
import dev.reserva.webhooks.domain.EndpointState;
import dev.reserva.webhooks.domain.Replay;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The deliveries of endpoints: their log, tests and repetitions. */
@Tag(name = "webhooks")
@RestController
@RequestMapping("/api/webhooks")
public final class DeliveriesController {

  private final Commands commands;
  private final Transactions transactions;
  private final Endpoints endpoints;
  private final Deliveries deliveries;
  private final TestEndpoint testEndpoint;
  private final RepeatDeliveries repeatDeliveries;
  private final Replays replays;
  private final StartReplay startReplay;

  public DeliveriesController(
      Commands commands,
      Transactions transactions,
      Endpoints endpoints,
      Deliveries deliveries,
      TestEndpoint testEndpoint,
      RepeatDeliveries repeatDeliveries,
      Replays replays,
      StartReplay startReplay) {
    this.commands = commands;
    this.transactions = transactions;
    this.endpoints = endpoints;
    this.deliveries = deliveries;
    this.testEndpoint = testEndpoint;
    this.repeatDeliveries = repeatDeliveries;
    this.replays = replays;
    this.startReplay = startReplay;
  }

  @Schema(name = "WebhookReplayRange")
  record ReplayBody(
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              description = "Events that were published since then.")
          @Nullable Instant from) {}

  @Operation(
      summary = "List the deliveries of an endpoint",
      description = "With every attempt. Those that have ended are kept for 30 days.")
  @Input(name = "status", type = DeliveryStatus.class, what = "Only deliveries in this status.")
  @GetMapping("/{id}/deliveries")
  Page<DeliveryView> list(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String status,
      PageRequest page) {
    var errors = new InputErrors();
    DeliveryStatus wanted = errors.parameter("status", status, DeliveryStatus::parse);
    errors.throwIfAny();
    UUID before = page.before();
    List<Deliveries.Logged> found =
        transactions.snapshot(tx -> {
          if (endpoints.find(id, tx).isEmpty()) {
            throw Problem.notFound("webhook", id);
          }
          return deliveries.list(id, wanted, before, page.limit() + 1, tx);
        });
    return Page.of(found, page, logged -> logged.delivery().id().toString()).map(DeliveryView::of);
  }

  @Operation(
      summary = "Send a test event",
      description = "The type is `webhooks.test`. It is attempted once.")
  @Answers(status = 202, body = DueView.class)
  @Refuses(status = 409, type = "webhook-disabled", when = "the endpoint is disabled")
  @PostMapping("/{id}/test")
  ResponseEntity<?> test(@PathVariable UUID id, RequestContext request) {
    return commands.execute(
        request,
        tx -> {
          Endpoint endpoint =
              endpoints.lock(id, tx).orElseThrow(() -> Problem.notFound("webhook", id));
          if (endpoint.state() == EndpointState.DISABLED) {
            throw disabled(endpoint);
          }
          return Answer.accepted(view(testEndpoint.queue(endpoint, tx)))
              .recorded("webhooks.endpoint.test", id);
        });
  }

  @Operation(
      summary = "Replay events",
      description =
          "Each event of the log since then that the endpoint gets is posted, once more or for the first time; its message id is the event's.")
  @Answers(status = 202, body = ReplayView.class)
  @Refuses(status = 409, type = "webhook-disabled", when = "the endpoint is disabled")
  @Refuses(status = 409, type = "webhook-replay-running", when = "its last replay is not over")
  @PostMapping("/{id}/replay")
  ResponseEntity<?> replay(
      @PathVariable UUID id, @RequestBody ReplayBody body, RequestContext request) {
    var errors = new InputErrors();
    var _ = errors.required("/from", body.from());
    errors.throwIfAny();
    Instant from = Objects.requireNonNull(body.from());
    return commands.execute(
        request,
        tx ->
            switch (startReplay
                .start(id, from, tx)
                .orElseThrow(() -> Problem.notFound("webhook", id))) {
              case StartReplay.Outcome.Started(Replay replay) ->
                  Answer.accepted(ReplayView.of(replay)).recorded("webhooks.endpoint.replay", id);
              case StartReplay.Outcome.Disabled(Endpoint endpoint) -> throw disabled(endpoint);
              case StartReplay.Outcome.Running(Replay replay) ->
                  throw Problem.conflict(
                      "webhook-replay-running",
                      "A replay is running",
                      "the replay of endpoint %s that began at %s is not over"
                          .formatted(id, replay.startedAt()));
            });
  }

  @Operation(
      summary = "Get the last replay of an endpoint",
      description = "It is over when it has `endedAt`.")
  @GetMapping("/{id}/replay")
  ReplayView lastReplay(@PathVariable UUID id) {
    return transactions
        .snapshot(tx -> replays.find(id, tx))
        .map(ReplayView::of)
        .orElseThrow(() -> Problem.notFound("replay of webhook", id));
  }

  @Operation(
      summary = "Redeliver a delivery",
      description = "One that is pending does not wait any longer for its next attempt.")
  @Answers(status = 202, body = DueView.class)
  @Refuses(status = 409, type = "webhook-disabled", when = "the endpoint is disabled")
  @PostMapping("/deliveries/{id}/redeliver")
  ResponseEntity<?> redeliver(@PathVariable UUID id, RequestContext request) {
    return commands.execute(
        request,
        tx ->
            switch (repeatDeliveries
                .redeliver(id, tx)
                .orElseThrow(() -> Problem.notFound("delivery", id))) {
              case RepeatDeliveries.Outcome.Due(Delivery delivery) ->
                  Answer.accepted(view(delivery)).recorded("webhooks.delivery.redeliver", id);
              case RepeatDeliveries.Outcome.Disabled(Endpoint endpoint) -> throw disabled(endpoint);
            });
  }

  private static DueView view(Delivery delivery) {
    return new DueView(delivery.id(), delivery.eventId(), delivery.status().name());
  }

  private static Problem disabled(Endpoint endpoint) {
    return Problem.conflict(
        "webhook-disabled",
        "The endpoint is disabled",
        "endpoint %s gets nothing until it is enabled: PUT it with \"enabled\": true"
            .formatted(endpoint.id()));
  }
}
