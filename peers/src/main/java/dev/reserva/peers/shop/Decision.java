package dev.reserva.peers.shop;

import java.util.UUID;

/** How an order ended. */
public record Decision(UUID id, Status status) {

  /** Where an order stands. */
  public enum Status {
    PENDING,
    CONFIRMED,
    CANCELLED
  }
}
