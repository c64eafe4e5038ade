package dev.reserva.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.platform.database.Migrations.Rewritten;
import dev.reserva.postgres.TestPostgres;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class MigrationsIT {

  @Test
  void a_database_that_ran_the_earlier_text_of_a_migration_starts_again() {
    for (Rewritten rewritten : Migrations.REWRITTEN) {
      try (HikariDataSource database = TestPostgres.freshDatabase()) {
        List<ServiceSchema> schemas = List.of(new ServiceSchema(rewritten.schema()));
        Migrations.run(database, schemas);
        JdbcTemplate sql = new JdbcTemplate(database);
        assertThat(checksum(sql, rewritten))
            .as("of the text as it is")
            .isEqualTo(rewritten.after());
        sql.update(
            "update %s.schema_history set checksum = ? where version = ?"
                .formatted(rewritten.schema()),
            rewritten.before(),
            rewritten.version());

        Migrations.run(database, schemas);

        assertThat(checksum(sql, rewritten)).isEqualTo(rewritten.after());
      }
    }
  }

  @Test
  void products_that_look_alike_already_stay_and_the_oldest_has_the_key() {
    try (HikariDataSource database = TestPostgres.freshDatabase()) {
      List<ServiceSchema> schemas = List.of(new ServiceSchema("inventory"));
      Flyway.configure()
          .dataSource(database)
          .schemas("inventory")
          .table("schema_history")
          .locations("classpath:db/inventory")
          .target("4")
          .load()
          .migrate();
      JdbcTemplate sql = new JdbcTemplate(database);
      String insert =
          """
          insert into inventory.product (id, sku, name, description, category, price, currency,
            min_stock, active, version, created_at, updated_at)
          values (?::uuid, ?, ?, '', '', 1, 'BRL', 0, true, 1, now(), now())
          """;
      sql.update(insert, "00000000-0000-7000-8000-000000000001", "A1", "Cafe\u0301");
      sql.update(insert, "00000000-0000-7000-8000-000000000002", "\uff21\uff11", "\u200b\u00a0");
      sql.update(insert, "00000000-0000-7000-8000-000000000003", "a1", "Name");

      Migrations.run(database, schemas);

      assertThat(
              sql.queryForList("select sku_key from inventory.product order by id", String.class))
          .containsExactly("A1", "A1\n00000000-0000-7000-8000-000000000002", "a1");
      assertThat(sql.queryForList("select name from inventory.product order by id", String.class))
          .containsExactly("Caf\u00e9", "\uff21\uff11", "Name");
    }
  }

  @Test
  void logins_of_earlier_versions_get_an_identity_each() {
    try (HikariDataSource database = TestPostgres.freshDatabase()) {
      List<ServiceSchema> schemas = List.of(new ServiceSchema("customers"));
      Flyway.configure()
          .dataSource(database)
          .schemas("customers")
          .table("schema_history")
          .locations("classpath:db/customers")
          .target("2")
          .load()
          .migrate();
      JdbcTemplate sql = new JdbcTemplate(database);
      sql.update(
          """
          insert into customers.user_account (login, password_hash, roles, active, created_at)
          select 'user-' || n, 'hash', array['operator'], true, now() from generate_series(1, 3) n
          """);

      Migrations.run(database, schemas);

      assertThat(
              sql.queryForObject(
                  "select count(distinct id) from customers.user_account where version = 1",
                  Integer.class))
          .isEqualTo(3);
    }
  }

  private static @Nullable Integer checksum(JdbcTemplate sql, Rewritten rewritten) {
    return sql.queryForObject(
        "select checksum from %s.schema_history where version = ?".formatted(rewritten.schema()),
        Integer.class,
        rewritten.version());
  }
}
