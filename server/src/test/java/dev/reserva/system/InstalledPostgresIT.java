package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.cli.api.ReservaApi;
import dev.reserva.cli.replay.Replay;
import dev.reserva.cli.story.Story;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole system on an operator's own PostgreSQL, which is older than the embedded one. */
class InstalledPostgresIT {

  private static final List<String> SCHEMAS =
      List.of(
          "messaging",
          "platform",
          "customers",
          "inventory",
          "sales",
          "financial",
          "psp_simulator",
          "operations");

  @TempDir Path folder;

  @Test
  void a_shop_lives_on_the_oldest_postgresql_from_the_first_schema_on() throws Exception {
    try (InstalledPostgres postgres = InstalledPostgres.start(folder)) {
      try (Connection connection = postgres.connection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("select current_setting('server_version_num')")) {
        row.next();
        assertThat(row.getInt(1)).as("older than what is embedded").isLessThan(180_000);
      }
      SCHEMAS.forEach(schema -> firstVersion(schema, postgres));

      try (ReservaProcess reserva =
          ReservaProcess.start(folder.resolve("data"), postgres.properties())) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        try (ReservaApi admin = new ReservaApi(reserva.url(), "admin", reserva.adminPassword())) {
          assertThat(new Story(admin, out).tell()).as(() -> text(said)).isTrue();
          assertThat(
                  new Replay(admin, new Replay.Options(1_000, OptionalDouble.empty()), out, false)
                      .run(List.of(aDay())))
              .as(() -> text(said))
              .isTrue();
        }

        Shop shop = reserva.shop();
        UUID product = shop.product("Anvil", 10);
        UUID customer = shop.customer();
        String key = UUID.randomUUID().toString();
        UUID order =
            shop.post(
                    "/api/orders",
                    Shop.order(customer, null, List.of(item(product, 1))),
                    Map.of("Idempotency-Key", key))
                .expect(201)
                .id();
        reserva.kill();
        reserva.startAgain();
        Shop again = reserva.shop();
        again.awaitStatus(order, "CONFIRMED");
        again.assertIntegrity();
        reserva.terminate(Duration.ofSeconds(10));
      }
    }
  }

  /** The schema as the first release made it, for the server to bring it up to date. */
  private static void firstVersion(String schema, InstalledPostgres postgres) {
    Flyway.configure()
        .dataSource(postgres.jdbcUrl(), postgres.user(), postgres.password())
        .schemas(schema)
        .defaultSchema(schema)
        .table("schema_history")
        .locations("classpath:db/" + schema)
        .target("1")
        .load()
        .migrate();
  }

  /** A day of a shop: five orders of four customers, one of them without a name, and a return. */
  private Path aDay() throws Exception {
    return Files.writeString(
        folder.resolve("day.csv"),
        """
        InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
        600001,10001A,RED CUP,6,2011-01-04 10:00,1.25,17001,United Kingdom
        600001,10002,BLUE PLATE,2,2011-01-04 10:00,3.75,17001,United Kingdom
        600002,10001A,RED CUP,12,2011-01-04 10:05,1.25,17002,France
        600003,10003,LAMP,1,2011-01-04 10:09,12.50,,United Kingdom
        600004,10002,BLUE PLATE,1,2011-01-04 10:15,3.75,17003,United Kingdom
        600004,POST,POSTAGE,1,2011-01-04 10:15,18.00,17003,United Kingdom
        C600005,10001A,RED CUP,-12,2011-01-04 11:00,1.25,17002,France
        600006,10003,LAMP,2,2011-01-04 11:30,12.50,17004,Norway
        """);
  }

  private static String text(ByteArrayOutputStream said) {
    return said.toString(StandardCharsets.UTF_8);
  }
}
