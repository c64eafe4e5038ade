package dev.reserva.financial.application;

import dev.reserva.financial.domain.Ageing;
import dev.reserva.financial.domain.Receivable;
import dev.reserva.financial.domain.ReceivableStatus;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The receivables on record, with their ledger. An order has one. Several are locked in order of
 * their id, and before any order note and payment.
 */
public interface Receivables {

  /**
   * The receivables of these orders, locked until the transaction ends; by order. The query travels
   * with the next statement, or when the result is asked for.
   */
  Supplier<Map<UUID, Receivable>> lock(Collection<UUID> orderIds, UnitOfWork tx);

  /** Puts new receivables on record, with their entries, at the end of the transaction. */
  void add(Collection<Receivable> receivables, UnitOfWork tx);

  /**
   * Writes the state and the new entries of receivables that this transaction has locked or added,
   * at the end of the transaction.
   */
  void save(Collection<Receivable> receivables, UnitOfWork tx);

  /** One receivable, not locked. */
  Optional<Receivable> find(UUID id, UnitOfWork tx);

  /**
   * Receivables, newest first.
   *
   * @param before continue below this id; absent for the first
   * @param now decides what is overdue
   */
  List<Receivable> list(
      Filter filter, @Nullable UUID before, int limit, Instant now, UnitOfWork tx);

  /** The open receivables by age, in order of the currency. */
  List<Ageing> ageing(Instant now, UnitOfWork tx);

  /**
   * Which receivables a list has; a component that is absent lets all pass.
   *
   * @param dueBefore only open ones that are due before this time
   */
  record Filter(
      @Nullable UUID orderId,
      @Nullable UUID customerId,
      @Nullable ReceivableStatus status,
      @Nullable Boolean overdue,
      @Nullable Instant dueBefore) {

    /** The receivables of a customer. */
    public static Filter of(UUID customerId) {
      return new Filter(null, customerId, null, null, null);
    }
  }
}
