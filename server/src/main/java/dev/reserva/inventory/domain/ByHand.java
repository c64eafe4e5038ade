package dev.reserva.inventory.domain;

import org.jspecify.annotations.Nullable;

/**
 * Who changed stock by hand, and why.
 *
 * @param actor as the audit trail names it
 */
public record ByHand(@Nullable String actor, @Nullable Reason reason) {

  /** Its text, for the ledger. */
  public @Nullable String text() {
    return reason == null ? null : reason.value();
  }
}
