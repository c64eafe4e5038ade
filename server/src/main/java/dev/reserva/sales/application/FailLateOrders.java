package dev.reserva.sales.application;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.Deadlines;
import dev.reserva.sales.domain.Order;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fails orders whose answer did not arrive before their deadline, so that every service undoes its
 * part. Several processes may run it at once.
 */
public final class FailLateOrders {

  /** 200 orders: their rows are locked for milliseconds only. */
  private static final int BATCH = 200;

  private static final Logger LOG = LoggerFactory.getLogger(FailLateOrders.class);

  private final Transactions transactions;
  private final Orders orders;
  private final AwaitOrder waiting;
  private final Deadlines deadlines;
  private final BooleanSupplier upToDate;

  /**
   * @param upToDate whether sales has handled every event in the log; until then no order fails,
   *     because its answer may be in the log
   */
  public FailLateOrders(
      Transactions transactions,
      Orders orders,
      AwaitOrder waiting,
      Deadlines deadlines,
      BooleanSupplier upToDate) {
    this.transactions = transactions;
    this.orders = orders;
    this.waiting = waiting;
    this.deadlines = deadlines;
    this.upToDate = upToDate;
  }

  /**
   * Fails the next batch.
   *
   * @return whether there may be more
   */
  public boolean run() {
    return upToDate.getAsBoolean() && transactions.call(this::failSome);
  }

  private boolean failSome(UnitOfWork tx) {
    List<Order> late = orders.lockLate(deadlines, tx.now(), BATCH, tx);
    if (late.isEmpty()) {
      return false;
    }
    Instant now = tx.now();
    var failed = new ArrayList<Order>(late.size());
    for (Order order : late) {
      order
          .failIfLate(deadlines, now)
          .ifPresent(step -> {
            Announcements.step(
                order.state(), step, List.of(), Cause.of(order.state().correlationId()), tx);
            failed.add(order);
            LOG.warn("order failed at its deadline: order={} from={}", order.id(), step.from());
          });
    }
    orders.save(late, tx);
    waiting.settledBy(failed, tx);
    return late.size() == BATCH;
  }
}
