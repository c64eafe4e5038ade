package dev.reserva.contracts;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Facts of the webhooks service; keyed by endpoint. An endpoint does not hear of itself. */
public sealed interface WebhooksEvent {

  UUID endpointId();

  String url();

  /**
   * {@code webhooks.endpoint.disabled}: the endpoint gets nothing until an operator enables it.
   *
   * @param reason {@code failing} (every attempt of five days failed) or {@code gone} (it answered
   *     410)
   * @param failingSince first failed attempt after the last successful one
   */
  record EndpointDisabled(
      UUID endpointId, String url, String reason, @Nullable Instant failingSince)
      implements WebhooksEvent {}

  /** {@code webhooks.endpoint.recovered}: it was enabled again, and has answered a probe. */
  record EndpointRecovered(UUID endpointId, String url) implements WebhooksEvent {}
}
