package dev.reserva.operations.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.TestTransactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.application.CountOrders.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CountOrdersTest {

  private final TestTransactions transactions = new TestTransactions(Instant.EPOCH);
  private final Counted counted = new Counted();
  private final CountOrders countOrders = new CountOrders(counted);

  @Test
  void an_order_is_counted_where_it_is_now() {
    count(
        List.of(
            new Step(1, null, "PENDING"),
            new Step(2, null, "PENDING"),
            new Step(5, "PENDING", "PENDING_PAYMENT")));
    count(List.of(new Step(9, "PENDING", "CANCELLED")));

    assertThat(counted.byStatus)
        .isEqualTo(Map.of("PENDING", 0L, "PENDING_PAYMENT", 1L, "CANCELLED", 1L));
  }

  @Test
  void a_repeated_step_changes_nothing() {
    List<Step> steps = List.of(new Step(1, null, "PENDING"), new Step(3, "PENDING", "CANCELLED"));
    count(steps);
    count(steps);

    assertThat(counted.byStatus).isEqualTo(Map.of("PENDING", 0L, "CANCELLED", 1L));
    assertThat(counted.writes).isEqualTo(1);
  }

  @Test
  void what_is_new_in_a_batch_of_repeated_steps_is_counted() {
    count(List.of(new Step(1, null, "PENDING")));
    count(List.of(new Step(1, null, "PENDING"), new Step(2, null, "PENDING")));

    assertThat(counted.byStatus).isEqualTo(Map.of("PENDING", 2L));
  }

  private void count(List<Step> steps) {
    transactions.run(tx -> countOrders.count(steps, tx));
    assertThat(transactions.published()).as("counting publishes nothing").isEmpty();
  }

  private static final class Counted implements OrderCounts {
    private final Map<String, Long> byStatus = new TreeMap<>();
    private long countedTo;
    private int writes;

    @Override
    public Map<String, Long> byStatus(UnitOfWork tx) {
      return byStatus;
    }

    @Override
    public long countedTo(UnitOfWork tx) {
      return countedTo;
    }

    @Override
    public void add(Map<String, Long> changes, long upTo, UnitOfWork tx) {
      changes.forEach((status, change) -> byStatus.merge(status, change, Long::sum));
      countedTo = upTo;
      writes++;
    }
  }
}
