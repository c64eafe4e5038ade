package dev.reserva.financial.application;

import dev.reserva.contracts.Money;
import dev.reserva.financial.domain.Refund;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Obligations to give money back: durable until done. A refund's payment is locked before it. */
public interface Refunds {

  void insert(Collection<Refund> refunds, UnitOfWork tx);

  /**
   * Refunds not done that are due, the longest due first, locked until the transaction ends. Those
   * that another transaction has locked are skipped.
   */
  List<Refund> lockDue(Due due, int limit, UnitOfWork tx);

  /** Those of the given refunds that are not done, locked until the transaction ends; by id. */
  Map<UUID, Refund> lockOpen(Collection<UUID> ids, UnitOfWork tx);

  /** Writes attempts and due times of refunds that this transaction has locked. */
  void save(Collection<Refund> refunds, UnitOfWork tx);

  /** Marks refunds that this transaction has locked as done. */
  void done(Collection<Refund> refunds, Instant at, UnitOfWork tx);

  /** Marks a refund that this transaction has locked as done by another way than the provider. */
  void doneOutside(Refund refund, Instant at, UnitOfWork tx);

  /** Those of the given refunds that were done by another way than the provider. */
  Set<UUID> settledOutside(Collection<UUID> ids, UnitOfWork tx);

  /** All refunds of a payment, oldest first; not locked. */
  List<OnRecord> ofPayment(UUID paymentId, UnitOfWork tx);

  /** Those of the given returns that have a refund. The payments of their orders must be locked. */
  Set<UUID> forReturns(Collection<UUID> returnIds, UnitOfWork tx);

  /**
   * A refund as it is shown.
   *
   * @param doneAt when the money was given; absent while it is owed
   * @param outside whether it was given by another way than the provider
   */
  record OnRecord(
      UUID id,
      UUID paymentId,
      Money amount,
      @Nullable String reason,
      Instant createdAt,
      @Nullable Instant doneAt,
      boolean outside) {

    static OnRecord owed(Refund refund) {
      return new OnRecord(
          refund.id(),
          refund.paymentId(),
          refund.amount(),
          refund.reason(),
          refund.createdAt(),
          null,
          false);
    }
  }
}
