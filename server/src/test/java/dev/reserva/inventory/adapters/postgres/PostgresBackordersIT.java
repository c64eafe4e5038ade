package dev.reserva.inventory.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.inventory.application.BackordersContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

/** Waiting orders on PostgreSQL, with the invariants counted after each test. */
class PostgresBackordersIT extends BackordersContract {

  private static final InventoryDatabase DATABASE = InventoryDatabase.fresh();

  PostgresBackordersIT() {
    super(DATABASE);
  }

  @AfterEach
  void the_invariants_hold() {
    Invariants.assertHold(DATABASE);
  }

  /** Each change of a hold of 2 units of product 1 that waits for 3 units of product 2. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "product_ids = product_ids || inventory_test.product(3), quantities = quantities || 1",
        "quantities = array[1]",
        "locations = array['ELSEWHERE']",
        "product_ids = inventory_test.product(2) || product_ids, quantities = 3 || quantities"
      })
  void nothing_but_what_was_awaited_is_added_to_a_hold(String change) {
    DATABASE
        .sql()
        .execute(
            """
            create schema if not exists inventory_test;
            create or replace function inventory_test.product(n integer) returns uuid language sql immutable
              return ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid;
            """);
    assertThatThrownBy(() ->
            DATABASE
                .sql()
                .execute(
                    """
                    do $$
                    begin
                      insert into inventory.reservation (id, order_id, status, product_ids, quantities,
                        expires_at, created_at, ended_at, renewals, settled, awaited_products,
                        awaited_quantities, awaited_dates)
                      values (gen_random_uuid(), inventory_test.product(99), 'RELEASED',
                        array[inventory_test.product(1)], array[2], now(), now(), now(), 0, true,
                        array[inventory_test.product(2)], array[3], array[null]::timestamptz[]);
                      update inventory.reservation set %s where order_id = inventory_test.product(99);
                    end
                    $$
                    """
                        .formatted(change)))
        .isInstanceOf(DataAccessException.class)
        .hasMessageContaining("is held where it was allocated");
  }
}
