package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.EffectOf;
import dev.reserva.cli.api.ReservaApi;
import dev.reserva.cli.replay.Replay;
import dev.reserva.cli.story.Story;
import dev.reserva.postgres.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The whole system on each supported PostgreSQL. It migrates a database of the first release, runs
 * the demo story, replays a day, and kills and restarts the server.
 */
class SupportedPostgresIT {

  /** Of the admin in the database of the first release. */
  private static final String PASSWORD = "first-release-password";

  @TempDir Path folder;

  @Test
  @EffectOf({"reserva.database.url", "reserva.database.username", "reserva.database.password"})
  void a_shop_runs_on_the_oldest_installed_postgresql() throws Exception {
    try (InstalledPostgres postgres = InstalledPostgres.start(folder)) {
      try (Connection connection = postgres.connection()) {
        assertThat(version(connection)).as("older than what is embedded").isLessThan(180_000);
        restoreFirstRelease(connection);
      }
      assertThatAWrongPasswordIsToldInAFewLines(postgres);
      live(() -> ReservaProcess.start(folder.resolve("data"), postgres.properties()));
      try (Connection connection = postgres.connection();
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "select count(*) from pg_stat_activity where application_name = 'reserva'")) {
        row.next();
        assertThat(row.getInt(1)).as("connections that a stopped server has left").isZero();
      }
    }
  }

  @Test
  void a_shop_runs_on_the_embedded_postgresql() throws Exception {
    Path data = folder.resolve("data");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(data);
        Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password())) {
      assertThat(version(connection)).isGreaterThanOrEqualTo(180_000);
      restoreFirstRelease(connection);
    }
    live(() -> ReservaProcess.start(data));
  }

  private void assertThatAWrongPasswordIsToldInAFewLines(InstalledPostgres postgres)
      throws Exception {
    Path data = folder.resolve("data");
    ReservaProcess.Ended ended =
        ReservaProcess.ofFailedStart(
            data,
            "reserva.database.url=" + postgres.jdbcUrl(),
            "reserva.database.username=" + postgres.user(),
            "reserva.database.password=wrong");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.said().lines()).as(ended.said()).hasSizeLessThanOrEqualTo(5);
    assertThat(ended.said())
        .contains("refuses the user \"%s\"".formatted(postgres.user()))
        .contains("start.log");
    assertThat(data.resolve("start.log")).content().contains("UnusableDatabase");
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select current_setting('server_version_num')")) {
      row.next();
      return row.getInt(1);
    }
  }

  /** A dump of a small shop that ran on the first version of each schema. */
  private static void restoreFirstRelease(Connection connection) throws Exception {
    try (InputStream dump = SupportedPostgresIT.class.getResourceAsStream("/first-release.sql");
        Statement statement = connection.createStatement()) {
      statement.execute(
          new String(Objects.requireNonNull(dump).readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private void live(Supplier<ReservaProcess> start) throws Exception {
    try (ReservaProcess reserva = start.get()) {
      Shop shop = Shop.login(reserva.url(), "admin", PASSWORD);
      assertThatTheFirstReleaseLivesOn(shop);
      try (ReservaApi admin = new ReservaApi(reserva.url(), "admin", PASSWORD)) {
        tellAndReplay(admin);
      }
      killUnderWay(reserva, shop);

      assertThat(reserva.terminate(Duration.ofSeconds(10))).isIn(0, 143);
      reserva.startAgain();
      Shop again = Shop.login(reserva.url(), "admin", PASSWORD);
      again.assertIntegrity();
      assertThat(again.all("/api/orders?status=COMPLETED")).isNotEmpty();
      assertThat(reserva.terminate(Duration.ofSeconds(10))).isIn(0, 143);
    }
  }

  /** The orders and payments of the old database keep their states and continue. */
  private static void assertThatTheFirstReleaseLivesOn(Shop shop) {
    List<JsonNode> orders = shop.all("/api/orders");
    assertThat(orders).hasSize(8);
    assertThat(orders.stream().map(order -> order.path("status").asString()))
        .contains("COMPLETED", "DRAFT", "CANCELLED")
        .filteredOn("CONFIRMED"::equals)
        .hasSize(2);
    for (JsonNode order : orders) {
      if (order.path("status").asString().equals("DRAFT")) {
        continue; // nothing was published yet
      }
      assertThat(
              shop.get("/api/orders/" + order.path("id").asString() + "/history")
                  .expect(200)
                  .body()
                  .path("items"))
          .as("history of %s", order)
          .isNotEmpty();
    }
    assertThat(shop.all("/api/dlq")).hasSize(1);
    assertThat(shop.all("/api/customers")).hasSize(2);
    assertThat(
            Shop.login(shop.url(), "maria@example.org", "a password of maria").all("/api/orders"))
        .hasSize(6);

    JsonNode waiting =
        only(
            orders,
            "the order whose payment waits",
            order ->
                order.path("status").asString().equals("PENDING_PAYMENT")
                    || order.path("reason").asString("").equals("reservation_expired"));
    shop.awaitStatus(UUID.fromString(waiting.path("id").asString()), "CANCELLED");
    JsonNode confirmed =
        orders.stream()
            .filter(order -> order.path("status").asString().equals("CONFIRMED"))
            .findFirst()
            .orElseThrow();
    UUID cancelled = UUID.fromString(confirmed.path("id").asString());
    shop.delete("/api/orders/" + cancelled, Map.of("reason", "changed my mind")).expect(202);
    Shop.eventually(
        "the money is given back",
        () ->
            shop.get("/api/payments?orderId=" + cancelled)
                    .expect(200)
                    .body()
                    .at("/items/0/status")
                    .asString()
                    .equals("REFUNDED")
                ? true
                : null);
    shop.assertIntegrity();
  }

  private static JsonNode only(List<JsonNode> all, String what, Predicate<JsonNode> wanted) {
    List<JsonNode> found = all.stream().filter(wanted).toList();
    assertThat(found).as(what).hasSize(1);
    return found.getFirst();
  }

  private void tellAndReplay(ReservaApi admin) throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    assertThat(new Story(admin, out).tell())
        .as(() -> said.toString(StandardCharsets.UTF_8))
        .isTrue();
    assertThat(
            new Replay(admin, new Replay.Options(1_000, OptionalDouble.empty(), 1), out, false)
                .run(List.of(aDay())))
        .as(() -> said.toString(StandardCharsets.UTF_8))
        .isTrue();
  }

  /** Orders that were acknowledged before the kill are completed after it, each once. */
  private static void killUnderWay(ReservaProcess reserva, Shop shop) {
    UUID product = shop.product("Anvil", 100);
    UUID customer = shop.customer();
    List<UUID> acknowledged = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      acknowledged.add(
          shop.place(customer, "tok_approve", List.of(item(product, 1))).expect(201).id());
    }
    reserva.kill();
    reserva.startAgain();

    Shop again = Shop.login(reserva.url(), "admin", PASSWORD);
    acknowledged.forEach(order -> again.awaitStatus(order, "CONFIRMED"));
    assertThat(again.all("/api/orders?customerId=" + customer)).hasSize(acknowledged.size());
    assertThat(again.productNow(product).path("stock").asInt())
        .isEqualTo(100 - acknowledged.size());
    again.assertIntegrity();
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
}
