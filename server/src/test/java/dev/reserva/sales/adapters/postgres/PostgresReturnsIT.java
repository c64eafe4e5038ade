package dev.reserva.sales.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.sales.application.ReturnsContract;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.SampleOrders;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The use cases and the port on PostgreSQL, and what its constraints refuse. */
class PostgresReturnsIT extends ReturnsContract {

  private static final SalesDatabase DATABASE = new SalesDatabase();

  PostgresReturnsIT() {
    super(DATABASE, new PostgresOrders(), new PostgresReturns(), new PostgresLocations());
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void a_unit_that_comes_back_twice_is_refused() {
    UUID order = delivered();
    insert(order, 1, 10);
    insert(order, 1, 10);
    assertThatThrownBy(() -> insert(order, 1, 10)).hasMessageContaining("name more than it has");
    DATABASE.execute(
        "update sales.return set status = 'REJECTED', decided_at = now() where order_id = '%s'"
            .formatted(order));
    insert(order, 2, 20);
    assertThatThrownBy(() -> insert(delivered(), 2, 21))
        .hasMessageContaining("return_is_consistent");
  }

  @Test
  void a_unit_that_comes_back_before_it_has_arrived_is_refused() {
    UUID order = add(OrderStatus.SHIPPED).id();
    assertThatThrownBy(() -> insert(order, 1, 10)).hasMessageContaining("more than has arrived");
    DATABASE.execute(
        "insert into sales.delivery values (gen_random_uuid(), '%s', '{%s}', '{1}')"
            .formatted(order, SampleOrders.lines().getFirst().productId()));
    insert(order, 1, 10);
    assertThatThrownBy(() -> insert(order, 1, 10)).hasMessageContaining("more than has arrived");
  }

  @Test
  void a_return_moves_one_step_at_a_time_and_keeps_its_goods() {
    UUID order = delivered();
    insert(order, 2, 20);
    for (String change :
        List.of(
            "status = 'RECEIVED', decided_at = now(), received_at = now()",
            "quantities = '{1}'",
            "tax_codes = '{x}', tax_rates = '{0.1}', taxes = '{1}', taxes_included = '{true}'",
            "order_id = gen_random_uuid()")) {
      assertThatThrownBy(() ->
              DATABASE.execute(
                  "update sales.return set %s where order_id = '%s'".formatted(change, order)))
          .hasMessageContaining("cannot become");
    }
  }

  private UUID delivered() {
    return add(OrderStatus.COMPLETED).id();
  }

  private static void insert(UUID order, int quantity, int refund) {
    DATABASE.execute(
        """
        insert into sales.return (id, order_id, customer_id, status, product_ids, skus, names,
          quantities, unit_prices, currency, refund, restock, location, reason, requested_at, version)
        values (gen_random_uuid(), '%s', gen_random_uuid(), 'REQUESTED', '{%s}', '{MOUSE}', '{Mouse}',
          '{%d}', '{10}', 'BRL', %d, true, 'MAIN', 'test', now(), 1)
        """
            .formatted(order, SampleOrders.lines().getFirst().productId(), quantity, refund));
  }
}
