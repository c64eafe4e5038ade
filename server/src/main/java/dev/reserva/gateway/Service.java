package dev.reserva.gateway;

import java.util.Locale;

/** The services, as {@code reserva.services} names them. */
enum Service {
  SALES,
  INVENTORY,
  FINANCIAL,
  LOGISTICS,
  CUSTOMERS,
  NOTIFICATIONS,
  WEBHOOKS,
  OPERATIONS;

  /** The name in properties, problems and metrics. */
  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
