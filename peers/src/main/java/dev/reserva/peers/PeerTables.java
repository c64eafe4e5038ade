package dev.reserva.peers;

import dev.reserva.bench.BenchFailure;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.IntStream;

/** A peer's tables: fills them before the run, and counts their rows after it. */
final class PeerTables {
  private static final String COPY_STOCK =
      """
      create schema peers_check;
      create table peers_check.stocked as select id, stock from product
      """;

  private static final String COUNT_ORDERS = "select count(*) from orders where status = '%s'";

  private static final String COUNT_CAPTURED =
      "select count(*) from charge where status = 'CAPTURED'";

  private static final String SUM_SCARCE_LEFT =
      """
      select sum(product.stock) from product
      join (select id from peers_check.stocked order by id desc limit 2) scarce using (id)
      """;

  /** Products whose stock is not the initial one less the units of confirmed orders. */
  private static final String COUNT_WRONG_STOCKS =
      """
      select count(*)
      from product
      join peers_check.stocked using (id)
      left join (
        select line.product as id, sum(line.quantity) as sold
        from order_line line join orders on orders.id = line.order_id
        where orders.status = 'CONFIRMED' group by line.product
      ) sales using (id)
      where product.stock <> stocked.stock - coalesce(sales.sold, 0)
      """;

  /**
   * Confirmed orders without a charge of their total, and captured charges without such an order.
   */
  private static final String COUNT_WRONG_CHARGES =
      """
      select count(*)
      from (select id, total from orders where status = 'CONFIRMED') confirmed
      full join (select key as id, amount from charge where status = 'CAPTURED') captured using (id)
      where total is distinct from amount
      """;

  /** Orders that do not have exactly two lines, as all requests do. */
  private static final String COUNT_WRONG_LINES =
      """
      select count(*) from orders
      where (select count(*) from order_line where order_id = orders.id) <> 2
      """;

  private final Peer peer;
  private final Database database;

  PeerTables(Peer peer, Database database) {
    this.peer = peer;
    this.database = database;
  }

  /**
   * Inserts the products. The shop is up and has created its tables.
   *
   * @param skus number of products that do not sell out
   * @param units of each of the two scarce products
   */
  Stock insertProducts(int skus, int units) throws SQLException {
    database.execute(
        """
        insert into product (id, price, stock)
        select n, 10, case when n <= %1$d then %2$d else %3$d end
        from generate_series(1, %1$d + 2) n
        """
            .formatted(skus, Stock.PLENTY, units));
    database.execute(COPY_STOCK);
    database.execute("vacuum analyze");
    return new Stock(
        IntStream.rangeClosed(1, skus).mapToObj(Integer::toString).toList(),
        Integer.toString(skus + 1),
        Integer.toString(skus + 2));
  }

  static Storefront storefront(URI shop) {
    return new Storefront(
        shop,
        "/orders",
        () -> "",
        (one, other) ->
            """
            {"lines":[{"product":%s,"quantity":1},{"product":%s,"quantity":1}],"token":"tok_approve"}\
            """
                .formatted(one, other));
  }

  /** Waits until the library has nothing under way. */
  void awaitFinished(Duration timeout) throws SQLException, InterruptedException {
    if (!database.await(peer.unfinished(), 0, timeout)) {
      throw new BenchFailure(
          "%s has %d workflows or events under way after %s"
              .formatted(peer.library(), database.number(peer.unfinished()), timeout));
    }
  }

  Accounts accounts() throws SQLException {
    return new Accounts(
        database.number(COUNT_ORDERS.formatted("CONFIRMED")),
        database.number(COUNT_ORDERS.formatted("CANCELLED")),
        database.number(COUNT_ORDERS.formatted("PENDING")),
        database.number(COUNT_CAPTURED),
        database.number(SUM_SCARCE_LEFT),
        database.number(COUNT_WRONG_STOCKS)
            + database.number(COUNT_WRONG_CHARGES)
            + database.number(COUNT_WRONG_LINES));
  }
}
