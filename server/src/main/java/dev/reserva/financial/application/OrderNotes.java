package dev.reserva.financial.application;

import dev.reserva.contracts.Money;
import dev.reserva.messaging.UnitOfWork;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Orders without a payment that must be remembered: those that wait for a payment method, and those
 * that died before they could be paid. Notes are locked before payments.
 */
public interface OrderNotes {

  /**
   * The notes of these orders, locked until the transaction ends; by order. The query travels with
   * the next statement, or when the result is asked for.
   */
  Supplier<Map<UUID, Note>> lock(Collection<UUID> orderIds, UnitOfWork tx);

  /** The note of this order, not locked. */
  Optional<Note> find(UUID orderId, UnitOfWork tx);

  /** Writes notes, replacing those that these orders have. */
  void put(Collection<Note> notes, UnitOfWork tx);

  /** Removes the note of an order that this transaction has locked. */
  void remove(UUID orderId, UnitOfWork tx);

  /** A note of an order. */
  sealed interface Note {
    UUID orderId();
  }

  /** It can be paid and waits for a payment method. */
  record Awaiting(UUID orderId, UUID customerId, Money amount) implements Note {}

  /** It died unpaid: no payment may be made for it. */
  record Dead(UUID orderId) implements Note {}
}
