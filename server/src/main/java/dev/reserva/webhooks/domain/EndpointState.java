package dev.reserva.webhooks.domain;

/** Whether an endpoint gets deliveries. */
public enum EndpointState {
  ACTIVE,
  /** It was enabled again, and gets test events alone until it has answered one with 2xx. */
  PROBING,
  /** It gets nothing, and nothing is queued for it. */
  DISABLED
}
