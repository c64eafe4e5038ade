package dev.reserva.webhooks.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.platform.web.Confidential;
import dev.reserva.webhooks.application.Deliveries;
import dev.reserva.webhooks.domain.DeliveryStatus;
import dev.reserva.webhooks.domain.Endpoint;
import dev.reserva.webhooks.domain.EndpointState;
import dev.reserva.webhooks.domain.EventFilter;
import dev.reserva.webhooks.domain.Replay;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Endpoints and deliveries as the API shows them. */
final class WebhookViews {

  private WebhookViews() {}

  @Schema(name = "WebhookEndpoint")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record EndpointView(
      UUID id,
      @Schema(example = "https://erp.shop.example/hooks/reserva") String url,
      List<String> types,
      @Nullable String description,
      boolean ordered,
      @Schema(implementation = EndpointState.class) String state,
      @Schema(
              allowableValues = {"failing", "gone", "operator", "probe_failed"},
              description = "Why it is disabled.")
          @Nullable String disabledReason,
      @Schema(description = "The first failed attempt after the last successful one.")
          @Nullable Instant failingSince,
      @Schema(description = "Until then the secret before the last rotation signs as well.")
          @Nullable Instant formerSecretUntil,
      Instant createdAt,
      Instant updatedAt,
      int version) {

    static EndpointView of(Endpoint it) {
      return new EndpointView(
          it.id(),
          it.target().url(),
          it.target().filters().stream().map(EventFilter::pattern).toList(),
          it.target().description(),
          it.target().ordered(),
          it.state().name(),
          it.disabledReason() == null ? null : it.disabledReason().wire(),
          it.failingSince(),
          it.secrets().formerUntil(),
          it.createdAt(),
          it.updatedAt(),
          it.version());
    }
  }

  @Schema(name = "WebhookSecret")
  record SecretView(
      UUID id,
      @Schema(example = "https://erp.shop.example/hooks/reserva") String url,
      List<String> types,
      boolean ordered,
      @Schema(implementation = EndpointState.class) String state,
      Instant createdAt,
      @Schema(description = "It verifies signatures, and is shown this once.", example = "whsec_…")
          String secret)
      implements Confidential {

    static SecretView of(Endpoint it, String secret) {
      return new SecretView(
          it.id(),
          it.target().url(),
          it.target().filters().stream().map(EventFilter::pattern).toList(),
          it.target().ordered(),
          it.state().name(),
          it.createdAt(),
          secret);
    }

    /** The secret stays out of logs. */
    @Override
    public String toString() {
      return "SecretView[id=%s]".formatted(id);
    }
  }

  @Schema(name = "WebhookDelivery")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DeliveryView(
      UUID id,
      @Schema(description = "The id of the message, `webhook-id`.") UUID eventId,
      @Schema(example = "sales.order.created") String type,
      @Schema(implementation = DeliveryStatus.class) String status,
      @Schema(description = "When the next attempt is due.") @Nullable Instant dueAt,
      Instant createdAt,
      @Nullable Instant endedAt,
      List<AttemptView> attempts) {

    static DeliveryView of(Deliveries.Logged logged) {
      var it = logged.delivery();
      return new DeliveryView(
          it.id(),
          it.eventId(),
          it.type(),
          it.status().name(),
          it.status() == DeliveryStatus.PENDING ? it.dueAt() : null,
          it.createdAt(),
          it.endedAt(),
          logged.attempts().stream().map(AttemptView::of).toList());
    }
  }

  @Schema(name = "WebhookAttempt")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record AttemptView(
      Instant at,
      @Schema(description = "Of the answer, if there was one.", example = "503")
          @Nullable Integer status,
      @Schema(example = "42") int millis,
      @Schema(description = "Why there was no answer.", example = "the connection was refused")
          @Nullable String error,
      @Schema(description = "The first kilobyte of the answer.") @Nullable String answer) {

    static AttemptView of(Deliveries.Attempt it) {
      return new AttemptView(
          it.at(),
          it.answer().status(),
          it.answer().millis(),
          it.answer().error(),
          it.answer().body());
    }
  }

  @Schema(name = "WebhookReplay")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ReplayView(
      @Schema(description = "Events that were published since then.") Instant from,
      @Schema(description = "How many deliveries were queued or are due again.", example = "12")
          int deliveries,
      Instant startedAt,
      @Schema(description = "When the last event was queued.") @Nullable Instant endedAt) {

    static ReplayView of(Replay it) {
      return new ReplayView(it.since(), it.deliveries(), it.startedAt(), it.endedAt());
    }
  }

  @Schema(name = "WebhookDue")
  record DueView(
      @Schema(description = "The delivery.") UUID id,
      @Schema(description = "The id of its message, `webhook-id`.") UUID eventId,
      @Schema(implementation = DeliveryStatus.class) String status) {}
}
