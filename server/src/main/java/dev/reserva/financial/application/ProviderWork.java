package dev.reserva.financial.application;

import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.UUID;

/**
 * One kind of work that the provider does for financial. {@link ProviderLoop} decides when each of
 * these methods is called, and in which transaction.
 *
 * @param <T> a piece of work that is claimed
 * @param <R> the result of its call
 */
interface ProviderWork<T, R> {

  /** Names the work in threads and logs, such as {@code payment}. */
  String name();

  /**
   * Claims work that is due: puts the next attempt of each piece on record.
   *
   * @param limit most pieces to claim, at least 0
   * @return what to ask the provider for when the transaction has committed
   */
  List<T> claimDue(Due due, int limit, UnitOfWork tx);

  /** Calls the provider, outside any transaction. It may throw, and may be interrupted. */
  R ask(T claimed);

  /** The result of a call that threw or exceeded its time: its outcome is unknown. */
  R unanswered(T claimed, Throwable failure);

  /** Records results. */
  void record(List<R> results, UnitOfWork tx);

  /** The id of what a result is about, for logs. */
  UUID idOf(R result);
}
