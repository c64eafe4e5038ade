package dev.reserva.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.harness.HttpConnection;
import dev.reserva.postgres.EmbeddedPostgres;
import dev.reserva.postgres.TestPostgres;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Each peer's correctness, in small, in this JVM on an embedded database. */
class PeersIT {
  private static final int PRODUCTS = 5;
  private static final Rush RUSH = new Rush(60, 40, 16);
  private static final Duration FINISH_TIMEOUT = Duration.ofSeconds(20);

  @ParameterizedTest
  @EnumSource(Peer.class)
  void of_60_buyers_exactly_40_get_one_of_40_units_and_a_declined_order_leaves_nothing_behind(
      Peer peer) throws Exception {
    EmbeddedPostgres postgres = TestPostgres.server();
    String database = postgres.jdbcUrl(TestPostgres.freshDatabaseName());
    try (ConfigurableApplicationContext shop =
            peer.open(
                "--server.port=0",
                "--spring.datasource.hikari.maximum-pool-size=8",
                "--spring.datasource.url=" + database,
                "--spring.datasource.username=" + postgres.user(),
                "--spring.datasource.password=" + postgres.password());
        Database side = Database.open(database, postgres.user(), postgres.password())) {
      PeerTables tables = new PeerTables(peer, side);
      Stock stock = tables.insertProducts(PRODUCTS, RUSH.units());
      URI url = URI.create(Peer.url(shop));
      Storefront storefront = PeerTables.storefront(url);

      assertThat(RUSH.on(storefront, stock.one(), stock.other()))
          .isEqualTo(new Rush.Answers(40, 20));
      try (Buyer buyer = new Buyer(storefront, stock.plenty())) {
        assertThat(buyer.call()).isTrue();
      }
      tables.awaitFinished(FINISH_TIMEOUT);
      assertThat(tables.accounts().faults(RUSH, 1)).isEmpty();

      assertThat(declined(url, stock)).contains("\"status\":\"CANCELLED\"");
      tables.awaitFinished(FINISH_TIMEOUT);
      Accounts after = tables.accounts();
      assertThat(after.cancelled()).isEqualTo(21);
      assertThat(after.captured()).isEqualTo(41);
      assertThat(after.broken()).isZero();
    }
  }

  private static String declined(URI shop, Stock stock) throws Exception {
    try (HttpConnection connection = new HttpConnection(shop)) {
      return connection
          .post(
              "/orders",
              "",
              """
              {"lines":[{"product":%s,"quantity":2},{"product":%s,"quantity":3}],"token":"tok_decline"}\
              """
                  .formatted(stock.plenty().getFirst(), stock.plenty().getLast()))
          .text();
    }
  }
}
