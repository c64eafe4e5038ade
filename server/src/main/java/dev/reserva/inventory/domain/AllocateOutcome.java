package dev.reserva.inventory.domain;

/** The outcome of giving a waiting order its stock. */
public sealed interface AllocateOutcome {

  /** The stock of the product is held for the order, which waits for others still, or is unpaid. */
  record Allocated(Reservation reservation) implements AllocateOutcome {}

  /** The order is paid and waited for this product alone: its stock has been taken. */
  record Completed(Reservation reservation) implements AllocateOutcome {}

  /** The stock does not suffice. Nothing changed, and no later order may be served before it. */
  record FellShort(Shortage shortage) implements AllocateOutcome {}

  /** The order does not wait for the product any more. Nothing changed. */
  record NotAwaited() implements AllocateOutcome {}
}
