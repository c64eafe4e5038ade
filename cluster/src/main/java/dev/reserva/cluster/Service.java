package dev.reserva.cluster;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A service of Reserva, which a process of the cluster runs. */
public enum Service {
  SALES,
  INVENTORY,
  FINANCIAL,
  LOGISTICS,
  CUSTOMERS,
  NOTIFICATIONS,
  OPERATIONS;

  /** The name in {@code reserva.services}, such as {@code sales}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The service of a name; empty if there is none. */
  static Optional<Service> of(String label) {
    return Arrays.stream(values()).filter(service -> service.label().equals(label)).findFirst();
  }
}
