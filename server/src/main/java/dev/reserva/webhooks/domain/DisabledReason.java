package dev.reserva.webhooks.domain;

/** Why an endpoint is disabled. */
public enum DisabledReason {
  /** Every attempt of five days failed. */
  FAILING("failing"),
  /** It answered 410. */
  GONE("gone"),
  /** An operator has disabled it. */
  OPERATOR("operator"),
  /** Its probe failed. */
  PROBE_FAILED("probe_failed");

  private final String wire;

  DisabledReason(String wire) {
    this.wire = wire;
  }

  /** The name in answers and events. */
  public String wire() {
    return wire;
  }
}
