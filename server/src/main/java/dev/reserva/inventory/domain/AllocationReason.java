package dev.reserva.inventory.domain;

/** Why an order's stock is held at the locations that hold it. */
public enum AllocationReason {
  /** No other location holds any of the products. */
  ONLY_LOCATION,
  /** The first location by priority that can serve the whole order. */
  SERVES_ALL,
  /** No location can serve the whole order: each line is taken from the locations by priority. */
  SPLIT_BY_PRIORITY,
  /** No location can serve the whole order: as few locations as possible share it. */
  SPLIT_TO_FEWEST
}
