package dev.reserva.sales.domain;

import dev.reserva.contracts.Text;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The states of a return. The names are those on the wire. */
public enum ReturnStatus {
  /** Staff is to decide whether the goods may come back. */
  REQUESTED,
  /** The goods may be sent back. */
  APPROVED,
  /** The goods are back; inventory and financial do their part. */
  RECEIVED,
  /** Final: what is given back for the goods has been given back. */
  REFUNDED,
  /** Final: the goods do not come back. */
  REJECTED;

  /** The states that a return can take next; none for final states. */
  public Set<ReturnStatus> next() {
    return switch (this) {
      case REQUESTED -> EnumSet.of(APPROVED, REJECTED);
      case APPROVED -> EnumSet.of(RECEIVED, REJECTED);
      case RECEIVED -> EnumSet.of(REFUNDED);
      case REFUNDED, REJECTED -> EnumSet.noneOf(ReturnStatus.class);
    };
  }

  /**
   * @throws IllegalArgumentException if it is none
   */
  public static ReturnStatus parse(String name) {
    return Arrays.stream(values())
        .filter(status -> status.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "status must be one of %s, was \"%s\""
                    .formatted(
                        Arrays.stream(values())
                            .map(ReturnStatus::name)
                            .collect(Collectors.joining(", ")),
                        Text.excerpt(name))));
  }
}
