package dev.reserva.inventory.domain;

import java.util.EnumSet;
import java.util.Set;

/**
 * The states of a reservation. The names stand in the database and in the API.
 *
 * <pre>{@code
 * RESERVED → CONFIRMED | RELEASED | EXPIRED
 * RELEASED, EXPIRED → CONFIRMED   only by a renewal, which is on record
 * }</pre>
 */
public enum ReservationStatus {
  /** Its stock is held. */
  RESERVED,
  /** Its stock has left the counters for good. */
  CONFIRMED,
  /** Given back before its time was over. */
  RELEASED,
  /** Given back because its time was over. */
  EXPIRED;

  /** What this status can become: the transition table. */
  public Set<ReservationStatus> next() {
    return switch (this) {
      case RESERVED -> EnumSet.of(CONFIRMED, RELEASED, EXPIRED);
      case RELEASED, EXPIRED -> EnumSet.of(CONFIRMED);
      case CONFIRMED -> EnumSet.noneOf(ReservationStatus.class);
    };
  }
}
