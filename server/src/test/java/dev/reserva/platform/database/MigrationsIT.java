package dev.reserva.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.platform.database.Migrations.Rewritten;
import dev.reserva.postgres.TestPostgres;
import java.util.List;
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

  private static @Nullable Integer checksum(JdbcTemplate sql, Rewritten rewritten) {
    return sql.queryForObject(
        "select checksum from %s.schema_history where version = ?".formatted(rewritten.schema()),
        Integer.class,
        rewritten.version());
  }
}
