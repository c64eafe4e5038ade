package dev.reserva.sales.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.postgres.TestPostgres;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database with orders of a version that had no numbers. */
class OrderNumbersMigrationIT {

  private static final String ORDERS =
      """
      insert into sales.order (id, customer_id, status, total, currency, created_at, updated_at, version, correlation_id)
      select (lpad(to_hex(1700000000000 + n), 12, '0') || '7000' || lpad(to_hex(n), 16, '8'))::uuid, gen_random_uuid(), 'DRAFT',
        n, 'BRL', now(), now(), 1, 'c'
      from unnest(array[3, 1, 2]) n
      """;

  @Test
  void orders_get_numbers_in_the_order_in_which_they_were_made() {
    try (HikariDataSource dataSource = TestPostgres.freshDatabase()) {
      sales(dataSource).target("7").load().migrate();
      JdbcTemplate sql = new JdbcTemplate(dataSource);
      sql.update(ORDERS);
      sales(dataSource).load().migrate();
      assertThat(
              sql.queryForList("select total::int from sales.order order by number", Integer.class))
          .containsExactly(1, 2, 3);
      assertThat(sql.queryForList("select number from sales.order order by number", Long.class))
          .containsExactly(1L, 2L, 3L);
      assertThat(sql.queryForObject("select nextval('sales.order_number')", Long.class))
          .isEqualTo(4);
      assertThat(sql.queryForObject("select nextval('sales.order_number')", Long.class))
          .isEqualTo(4 + PostgresOrderNumbers.BLOCK);
    }
  }

  private static FluentConfiguration sales(HikariDataSource dataSource) {
    return Flyway.configure()
        .dataSource(dataSource)
        .schemas("sales")
        .defaultSchema("sales")
        .locations("classpath:db/sales");
  }
}
