package dev.reserva.peers;

import dev.reserva.bench.BenchFailure;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.IntStream;

/** A peer's tables, filled before and counted after. */
final class PeerBooks {
  private static final String KEEP_STOCK =
      """
      create schema peers_check;
      create table peers_check.stocked as select id, stock from product
      """;

  private static final String ORDERS = "select count(*) from orders where status = '%s'";

  private static final String CAPTURED = "select count(*) from charge where status = 'CAPTURED'";

  private static final String SCARCE_LEFT =
      """
      select sum(product.stock) from product
      join (select id from peers_check.stocked order by id desc limit 2) scarce using (id)
      """;

  /** Products whose stock is not what was there less what confirmed orders took. */
  private static final String WRONG_STOCKS =
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
  private static final String WRONG_CHARGES =
      """
      select count(*)
      from (select id, total from orders where status = 'CONFIRMED') confirmed
      full join (select key as id, amount from charge where status = 'CAPTURED') captured using (id)
      where total is distinct from amount
      """;

  /** Orders without exactly two lines, which are all that were asked for. */
  private static final String WRONG_LINES =
      """
      select count(*) from orders
      where (select count(*) from order_line where order_id = orders.id) <> 2
      """;

  private final Peer peer;
  private final Database database;

  PeerBooks(Peer peer, Database database) {
    this.peer = peer;
    this.database = database;
  }

  /**
   * Fills the shelves; the shop is up, which has made its tables.
   *
   * @param skus products in plenty
   * @param units of each of the two scarce ones
   */
  Stock stockUp(int skus, int units) throws SQLException {
    database.execute(
        """
        insert into product (id, price, stock)
        select n, 10, case when n <= %1$d then %2$d else %3$d end
        from generate_series(1, %1$d + 2) n
        """
            .formatted(skus, Stock.PLENTY, units));
    database.execute(KEEP_STOCK);
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
        "",
        (one, other) ->
            """
            {"lines":[{"product":%s,"quantity":1},{"product":%s,"quantity":1}],"token":"tok_approve"}\
            """
                .formatted(one, other));
  }

  /** Waits until the library has nothing under way either. */
  void awaitFinished(Duration patience) throws SQLException, InterruptedException {
    if (!database.await(peer.unfinished(), 0, patience)) {
      throw new BenchFailure(
          "%s still has %d pieces of work under way after %s"
              .formatted(peer.library(), database.number(peer.unfinished()), patience));
    }
  }

  Accounts accounts() throws SQLException {
    return new Accounts(
        database.number(ORDERS.formatted("CONFIRMED")),
        database.number(ORDERS.formatted("CANCELLED")),
        database.number(ORDERS.formatted("PENDING")),
        database.number(CAPTURED),
        database.number(SCARCE_LEFT),
        database.number(WRONG_STOCKS)
            + database.number(WRONG_CHARGES)
            + database.number(WRONG_LINES));
  }
}
