package dev.reserva.financial.domain;

import dev.reserva.contracts.Text;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The status of a payment. {@link #TRANSITIONS} is the one transition table of payments. */
public enum PaymentStatus {
  /** On record; the provider has not been asked yet. */
  REQUESTED,
  /** An attempt is on record: the provider may have taken the money, or may yet. */
  PROCESSING,
  /** The money was taken. */
  SUCCEEDED,
  /** The provider refused, and that was announced. */
  FAILED,
  /** No money was taken and none is wanted: its order died, or another payment took its place. */
  CANCELLED,
  /** A part of the money was given back. */
  PARTIALLY_REFUNDED,
  /** All of the money was given back. */
  REFUNDED;

  /**
   * Every step there is. FAILED and CANCELLED lead to SUCCEEDED because a provider may report late
   * that it took the money after all. The money is then owed back, unless the buyer could still try
   * to pay the order: then it pays the order.
   */
  public static final Map<PaymentStatus, Set<PaymentStatus>> TRANSITIONS = transitions();

  /**
   * @throws IllegalArgumentException when there is no such status
   */
  public static PaymentStatus parse(String name) {
    for (PaymentStatus status : values()) {
      if (status.name().equals(name)) {
        return status;
      }
    }
    throw new IllegalArgumentException(
        "must be one of %s, was \"%s\""
            .formatted(
                Arrays.stream(values()).map(PaymentStatus::name).collect(Collectors.joining(", ")),
                Text.excerpt(name)));
  }

  public boolean mayBecome(PaymentStatus next) {
    return TRANSITIONS.getOrDefault(this, Set.of()).contains(next);
  }

  /** Whether the payment still needs the provider. */
  public boolean isOpen() {
    return this == REQUESTED || this == PROCESSING;
  }

  /** Whether money was taken, given back or not. */
  public boolean isCaptured() {
    return this == SUCCEEDED || this == PARTIALLY_REFUNDED || this == REFUNDED;
  }

  private static Map<PaymentStatus, Set<PaymentStatus>> transitions() {
    Map<PaymentStatus, Set<PaymentStatus>> table = new EnumMap<>(PaymentStatus.class);
    table.put(REQUESTED, EnumSet.of(PROCESSING, CANCELLED));
    table.put(PROCESSING, EnumSet.of(SUCCEEDED, FAILED, CANCELLED));
    table.put(SUCCEEDED, EnumSet.of(PARTIALLY_REFUNDED, REFUNDED));
    table.put(FAILED, EnumSet.of(SUCCEEDED));
    table.put(CANCELLED, EnumSet.of(SUCCEEDED));
    table.put(PARTIALLY_REFUNDED, EnumSet.of(REFUNDED));
    table.put(REFUNDED, EnumSet.noneOf(PaymentStatus.class));
    return Map.copyOf(table);
  }
}
