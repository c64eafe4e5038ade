package dev.reserva.financial.domain;

import dev.reserva.contracts.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A line of the receivables' ledger, which is only appended to.
 *
 * @param source the payment that was captured or the refund that was made; absent for other kinds
 */
public record ReceivableEntry(Kind kind, Money amount, @Nullable UUID source, Instant at) {

  /** What happened. */
  public enum Kind {
    /** The order was made; the amount is its total. */
    OPENED("opened"),
    /** A payment was captured, in time or too late. */
    SETTLED("settled"),
    /** The order died before it was paid; the amount is its total. */
    CANCELLED("cancelled"),
    /** The provider gave money back. */
    REFUNDED("refunded");

    private final String wire;

    Kind(String wire) {
      this.wire = wire;
    }

    /** The name in the ledger. */
    public String wire() {
      return wire;
    }
  }
}
