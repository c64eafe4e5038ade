package dev.reserva.financial.application;

import dev.reserva.financial.domain.Refund;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Obligations to give money back: durable until done. A refund's payment is locked before it. */
public interface Refunds {

  void insert(Collection<Refund> refunds, UnitOfWork tx);

  /**
   * Refunds not done that are due, the longest due first, locked until the transaction ends. Those
   * that somebody else has locked are passed over.
   */
  List<Refund> lockDue(Due due, int limit, UnitOfWork tx);

  /** Those of the given refunds that are not done, locked until the transaction ends; by id. */
  Map<UUID, Refund> lockOpen(Collection<UUID> ids, UnitOfWork tx);

  /** Writes attempts and due times of refunds that this transaction has locked. */
  void save(Collection<Refund> refunds, UnitOfWork tx);

  /** Marks refunds that this transaction has locked as done. */
  void done(Collection<Refund> refunds, Instant at, UnitOfWork tx);
}
