package dev.reserva.messaging;

/**
 * Thrown by an adapter that finds, in the middle of a transaction, that a concurrent one came
 * first. {@link Transactions} rolls the transaction back and runs its work again, as after a
 * deadlock; the next run sees what the other transaction committed.
 */
public class TransactionConflict extends RuntimeException {

  public TransactionConflict(String message) {
    super(message);
  }
}
