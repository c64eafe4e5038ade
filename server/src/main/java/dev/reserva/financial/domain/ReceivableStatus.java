package dev.reserva.financial.domain;

import dev.reserva.contracts.Text;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The status of a receivable. It leaves {@link #OPEN} once and then stays. */
public enum ReceivableStatus {
  /** The order is to be paid. */
  OPEN,
  /** A payment has paid the order. Money that goes back later is recorded and changes no status. */
  SETTLED,
  /** The order died before it was paid. */
  CANCELLED;

  /**
   * @throws IllegalArgumentException when there is no such status
   */
  public static ReceivableStatus parse(String name) {
    for (ReceivableStatus status : values()) {
      if (status.name().equals(name)) {
        return status;
      }
    }
    throw new IllegalArgumentException(
        "must be one of %s, was \"%s\""
            .formatted(
                Arrays.stream(values())
                    .map(ReceivableStatus::name)
                    .collect(Collectors.joining(", ")),
                Text.excerpt(name)));
  }
}
