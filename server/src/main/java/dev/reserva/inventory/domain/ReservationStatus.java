package dev.reserva.inventory.domain;

import java.util.EnumSet;
import java.util.Set;

/**
 * The states of a reservation. The names stand in the database and in the API.
 *
 * <pre>{@code
 * RESERVED → CONFIRMED | RELEASED | EXPIRED
 * RELEASED, EXPIRED → CONFIRMED   only by a renewal, which is recorded
 * }</pre>
 */
public enum ReservationStatus {
  /** Its stock is held. */
  RESERVED,
  /** Its stock has been taken from the counters. */
  CONFIRMED,
  /** Its stock was given back before its expiry. */
  RELEASED,
  /** Its stock was given back at or after its expiry. */
  EXPIRED;

  /** The transition table: the statuses that may follow this one. */
  public Set<ReservationStatus> next() {
    return switch (this) {
      case RESERVED -> EnumSet.of(CONFIRMED, RELEASED, EXPIRED);
      case RELEASED, EXPIRED -> EnumSet.of(CONFIRMED);
      case CONFIRMED -> EnumSet.noneOf(ReservationStatus.class);
    };
  }
}
