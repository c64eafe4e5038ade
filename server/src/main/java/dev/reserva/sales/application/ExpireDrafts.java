package dev.reserva.sales.application;

import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.Deadlines;
import dev.reserva.sales.domain.Order;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes drafts that were not changed for too long. Several processes may run it at once. */
public final class ExpireDrafts {

  /** 200 drafts: their rows are locked for milliseconds only. */
  private static final int BATCH = 200;

  private static final Logger LOG = LoggerFactory.getLogger(ExpireDrafts.class);

  private final Transactions transactions;
  private final Orders orders;
  private final Deadlines deadlines;

  public ExpireDrafts(Transactions transactions, Orders orders, Deadlines deadlines) {
    this.transactions = transactions;
    this.orders = orders;
    this.deadlines = deadlines;
  }

  /**
   * Deletes the next batch.
   *
   * @return whether there may be more
   */
  public boolean run() {
    return transactions.call(this::deleteSome);
  }

  private boolean deleteSome(UnitOfWork tx) {
    List<Order> expired = orders.lockExpired(deadlines, tx.now(), BATCH, tx);
    if (expired.isEmpty()) {
      return false;
    }
    orders.remove(expired, tx);
    LOG.info("drafts expired and deleted: count={}", expired.size());
    return expired.size() == BATCH;
  }
}
