package dev.reserva.inventory.application;

import dev.reserva.inventory.application.Bookkeeping.OpenBook;
import dev.reserva.inventory.domain.AllocateOutcome;
import dev.reserva.inventory.domain.AllocationStrategy;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Gives orders that wait for a product its stock, in the order in which they came. An order that
 * cannot be served whole keeps the later ones waiting.
 *
 * <p>Several processes may do so at the same time: each locks the reservations and the stock, and
 * judges them anew. New orders cannot take what others wait for, so it does not matter how long
 * after an arrival of stock this runs.
 */
public final class AllocateStock {

  private final Reservations reservations;
  private final Stocks stocks;
  private final Bookkeeping bookkeeping;
  private final AllocationStrategy strategy;
  private final Ids ids;
  private final int batch;

  /**
   * @param strategy chooses the locations that hold an order's stock
   * @param batch maximum number of orders per transaction, 1 or more
   */
  public AllocateStock(
      Reservations reservations, Stocks stocks, Ids ids, AllocationStrategy strategy, int batch) {
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be 1 or more, was " + batch);
    }
    this.reservations = reservations;
    this.stocks = stocks;
    this.bookkeeping = new Bookkeeping(reservations, stocks, ids);
    this.strategy = strategy;
    this.ids = ids;
    this.batch = batch;
  }

  /**
   * Serves the orders that wait for products with available stock, one batch of each product.
   *
   * @return whether there may be more
   */
  public boolean run(Transactions transactions) {
    boolean more = false;
    Optional<UUID> product = transactions.snapshot(tx -> stocks.nextToAllocate(null, tx));
    while (product.isPresent()) {
      UUID served = product.get();
      more |= transactions.call(tx -> allocate(served, tx));
      product = transactions.snapshot(tx -> stocks.nextToAllocate(served, tx));
    }
    return more;
  }

  /**
   * Serves a batch of the orders that wait for a product.
   *
   * @return whether all of the batch were served, so that there may be more
   */
  public boolean allocate(UUID productId, UnitOfWork tx) {
    List<Reservation> waiting = reservations.lockWaiting(productId, batch, tx);
    if (waiting.isEmpty()) {
      return false;
    }
    OpenBook open = bookkeeping.forReservations(waiting, tx);
    List<Reservation> inTurn =
        waiting.stream().sorted(Comparator.comparing(Reservation::id)).toList();
    for (Reservation reservation : inTurn) {
      // What caused the stock to arrive is not on record with it: each begins a correlation.
      Cause cause = Cause.of(ids.next().toString());
      switch (open.book().allocate(reservation.orderId(), productId, strategy, open.now())) {
        case AllocateOutcome.Allocated(var held) ->
            StockFacts.allocated(held, productId, cause, tx);
        case AllocateOutcome.Completed(var held) -> {
          StockFacts.allocated(held, productId, cause, tx);
          StockFacts.confirmed(held, List.of(), cause, tx);
        }
        case AllocateOutcome.NotAwaited _ -> {}
        case AllocateOutcome.FellShort _ -> {
          return false;
        }
      }
    }
    return waiting.size() == batch;
  }
}
