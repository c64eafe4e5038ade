package dev.reserva.sales.domain;

import java.util.UUID;

/**
 * What sales knows of an order's shipments: the one that moved last.
 *
 * @param openUnits units of the order that have not left
 * @param revision grows with each move of a shipment of the order
 */
public record Shipment(UUID id, Status status, int openUnits, int revision) {

  public enum Status {
    /** Its goods are to be picked. */
    PREPARING,
    DISPATCHED,
    DELIVERED,
    /** The order was cancelled before the goods left. */
    CANCELLED,
    /** The order was cancelled after the goods had left. */
    RETURNED
  }
}
