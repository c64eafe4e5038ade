package dev.reserva.peers.shop;

import java.util.UUID;

/** The decision about an order. */
public record Decision(UUID id, Status status) {

  /** The status of an order. */
  public enum Status {
    PENDING,
    CONFIRMED,
    CANCELLED
  }
}
