package dev.reserva.sales.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.sales.application.OrderNumbers;
import dev.reserva.sales.domain.OrderNumber;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Takes numbers from the sequence {@code sales.order_number} in blocks. Most transactions take
 * theirs from memory. The others read the sequence together with their next statement.
 *
 * <p>A block is kept only after the transaction that read it is durable. A database that crashes
 * loses what is not durable, and would hand out the same block again.
 */
public final class PostgresOrderNumbers implements OrderNumbers {

  /** By how much {@code V8__order_numbers.sql} lets the sequence grow. */
  static final int BLOCK = 1_000;

  static final String NEXT_BLOCKS =
      "select nextval('sales.order_number') as first from generate_series(1, ?)";

  /** Numbers that no transaction has taken; guarded by itself. */
  private final Deque<OrderNumber> spare = new ArrayDeque<>();

  @Override
  public Supplier<Iterator<OrderNumber>> draw(int most, UnitOfWork tx) {
    Deque<OrderNumber> taken = take(most);
    int missing = most - taken.size();
    Supplier<List<Long>> blocks =
        missing == 0
            ? List::of
            : Statements.of(tx)
                .ask(NEXT_BLOCKS, row -> row.getLong("first"), (missing + BLOCK - 1) / BLOCK);
    return () -> {
      for (long first : blocks.get()) {
        LongStream.range(first, first + BLOCK).mapToObj(OrderNumber::new).forEach(taken::add);
      }
      tx.afterCommit(() -> giveBack(taken));
      return numbers(taken);
    };
  }

  private Deque<OrderNumber> take(int most) {
    Deque<OrderNumber> taken = new ArrayDeque<>(most);
    synchronized (spare) {
      while (taken.size() < most && !spare.isEmpty()) {
        taken.add(spare.remove());
      }
    }
    return taken;
  }

  private void giveBack(Deque<OrderNumber> left) {
    synchronized (spare) {
      while (!left.isEmpty()) {
        spare.addFirst(left.removeLast());
      }
    }
  }

  private static Iterator<OrderNumber> numbers(Deque<OrderNumber> taken) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !taken.isEmpty();
      }

      @Override
      public OrderNumber next() {
        return taken.remove();
      }
    };
  }
}
