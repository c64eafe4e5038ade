package dev.reserva.financial.domain;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where a payment stands. The one transition table of payments is {@link #TRANSITIONS}. */
public enum PaymentStatus {
  /** On record; nobody has asked the provider yet. */
  REQUESTED,
  /** An attempt is on record: the provider may have taken the money, or may yet. */
  PROCESSING,
  /** The money was taken. */
  SUCCEEDED,
  /** The provider refused, and that was announced. */
  FAILED,
  /** Its order died before any money was taken. */
  CANCELLED,
  /** A part of the money was given back. */
  PARTIALLY_REFUNDED,
  /** All of the money was given back. */
  REFUNDED;

  /**
   * Every step there is. FAILED and CANCELLED lead to SUCCEEDED because a provider may say late
   * that it took the money after all; it is then owed back.
   */
  public static final Map<PaymentStatus, Set<PaymentStatus>> TRANSITIONS = transitions();

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
