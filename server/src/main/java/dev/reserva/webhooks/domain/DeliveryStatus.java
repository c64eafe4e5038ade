package dev.reserva.webhooks.domain;

import java.util.Arrays;

/** How a delivery stands. */
public enum DeliveryStatus {
  /** An attempt is due, now or later. */
  PENDING,
  /** The endpoint answered an attempt with 2xx. */
  DELIVERED,
  /** Every attempt has failed; an operator can redeliver it. */
  FAILED;

  /**
   * @throws IllegalArgumentException with the known names
   */
  public static DeliveryStatus parse(String name) {
    return Arrays.stream(values())
        .filter(status -> status.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("must be one of %s".formatted(Arrays.toString(values()))));
  }
}
