package dev.reserva.torture.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.torture.shop.OperationLog.Operation;
import dev.reserva.torture.shop.OperationLog.Result;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationLogTest {
  private final OperationLog log = new OperationLog();

  private void add(String id, long sent, long answered, Result result) {
    Order order = new Order(id, Map.of(), 0, Order.ExpectedStatus.CONFIRMED, "{}");
    log.add(new Operation(order, sent, answered, result, id, "201"));
  }

  @Test
  void of_the_orders_sent_after_a_time_the_first_one_acknowledged_is_found() {
    add("sent-before", 90, 110, Result.OK);
    add("later", 105, 160, Result.OK);
    add("refused", 101, 120, Result.FAILED);
    add("first", 110, 150, Result.OK);

    assertThat(log.firstOkAfter(100)).map(Operation::id).contains("first");
    assertThat(log.firstOkAfter(110)).isEmpty();
  }
}
