package dev.reserva.logistics.domain;

import dev.reserva.contracts.Text;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The states of a shipment. The names are those on the wire. */
public enum ShipmentStatus {
  /** Its goods are to be picked. */
  PREPARING,
  /** The carrier has the goods. */
  DISPATCHED,
  DELIVERED,
  /** Final: its order was cancelled before the goods left. */
  CANCELLED,
  /** Final: its order was cancelled after the goods had left, so they come back. */
  RETURNED;

  /** The states that a shipment can take next; none for final states. */
  public Set<ShipmentStatus> next() {
    return switch (this) {
      case PREPARING -> EnumSet.of(DISPATCHED, CANCELLED);
      case DISPATCHED -> EnumSet.of(DELIVERED, RETURNED);
      case DELIVERED -> EnumSet.of(RETURNED);
      case CANCELLED, RETURNED -> EnumSet.noneOf(ShipmentStatus.class);
    };
  }

  /** Whether something is still to be done for it. */
  public boolean isOpen() {
    return this == PREPARING || this == DISPATCHED;
  }

  /** Whether its goods have left, whatever has happened to them since. */
  public boolean hasLeft() {
    return this == DISPATCHED || this == DELIVERED || this == RETURNED;
  }

  /**
   * @throws IllegalArgumentException if it is none
   */
  public static ShipmentStatus parse(String name) {
    return Arrays.stream(values())
        .filter(status -> status.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "status must be one of %s, was \"%s\""
                    .formatted(
                        Arrays.stream(values())
                            .map(ShipmentStatus::name)
                            .collect(Collectors.joining(", ")),
                        Text.excerpt(name))));
  }
}
