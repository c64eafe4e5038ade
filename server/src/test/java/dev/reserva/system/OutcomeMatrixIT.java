package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.postgres.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The expiry of an order's reservation, its payment and its cancellation race within milliseconds.
 * Whichever wins, order, stock and money must agree at the end. The observed outcomes are counted
 * in {@code target/outcome-matrix.txt}.
 */
class OutcomeMatrixIT {

  private static final int ORDERS = 2_000;
  private static final int AT_ONCE = 16;

  /**
   * Maximum delays of the contestants, in microseconds. Most are so short that all contestants run
   * at once. Some are long enough for a payment to reach the stock in time even on a busy machine.
   */
  private static final List<Integer> JITTER_MICROS = List.of(3_000, 3_000, 3_000, 100_000);

  /** Orders of a product with one unit, for which a rival competes. */
  private static final int LAST_UNITS = 300;

  private enum Contestant {
    EXPIRY,
    CAPTURE,
    CANCELLATION
  }

  /** The contestants of one order: every pair, and all three twice as often. */
  private static final List<Set<Contestant>> LINE_UPS =
      List.of(
          EnumSet.allOf(Contestant.class),
          EnumSet.of(Contestant.EXPIRY, Contestant.CAPTURE),
          EnumSet.allOf(Contestant.class),
          EnumSet.of(Contestant.CAPTURE, Contestant.CANCELLATION),
          EnumSet.of(Contestant.EXPIRY, Contestant.CAPTURE),
          EnumSet.of(Contestant.EXPIRY, Contestant.CANCELLATION));

  /**
   * The legal outcomes of such an order: the contestant that ended its wait for payment, then the
   * states of the order, its reservation, its payment and its refund at the provider.
   */
  private static final Set<String> LEGAL =
      Set.of(
          "CAPTURE: CONFIRMED, stock CONFIRMED, payment SUCCEEDED, given back none",
          "CAPTURE: CONFIRMED, stock CONFIRMED renewed, payment SUCCEEDED, given back none",
          "CAPTURE: CANCELLED operator_request, stock CONFIRMED returned, payment REFUNDED, given back all",
          "CAPTURE: CANCELLED operator_request, stock CONFIRMED renewed returned, payment REFUNDED, given back all",
          "CAPTURE: CANCELLED operator_request, stock EXPIRED, payment REFUNDED, given back all",
          "CAPTURE: CANCELLED reservation_expired, stock EXPIRED, payment REFUNDED, given back all",
          "EXPIRY: CANCELLED reservation_expired, stock EXPIRED, payment REFUNDED, given back all",
          "EXPIRY: CANCELLED reservation_expired, stock EXPIRED, payment CANCELLED, given back none",
          "CANCELLATION: CANCELLED operator_request, stock RELEASED, payment REFUNDED, given back all",
          "CANCELLATION: CANCELLED operator_request, stock RELEASED, payment CANCELLED, given back none",
          "CANCELLATION: CANCELLED operator_request, stock EXPIRED, payment REFUNDED, given back all",
          "CANCELLATION: CANCELLED operator_request, stock EXPIRED, payment CANCELLED, given back none");

  private static final String WAITING =
      "select id, order_id from financial.payments where waiting and customer_id = ?";

  private static final String EXPIRE =
      """
      update inventory.reservation set expires_at = clock_timestamp() + ? * interval '1 microsecond'
      where order_id = ? and status = 'RESERVED'
      """;

  private static final String OPEN =
      """
      select (select count(*) from sales.order where under_way_since is not null)
        + (select count(*) from financial.payments where due_at is not null)
        + (select count(*) from financial.refunds where due_at is not null)
      """;

  private static final String ENDS =
      """
      select o.id as order_id,
        case when exists (select from messaging.event e where e.key = o.id and e.type = 'sales.order.paid') then 'CAPTURE'
          when o.reason = 'reservation_expired' then 'EXPIRY'
          when o.reason = 'operator_request' then 'CANCELLATION' else 'NOBODY' end as winner,
        concat_ws(' ', o.status, o.reason) as sold,
        concat_ws(' ', r.status, case when r.renewals > 0 then 'renewed' end,
          case when r.returned_at is not null then 'returned' end) as held,
        p.status as paid,
        case coalesce((select sum(f.amount) from psp_simulator.refunds f where f.charge_key = p.id), 0)
          when 0 then 'none' when p.amount then 'all' else 'a part' end as given_back
      from sales.order o
      join inventory.reservation r on r.order_id = o.id
      join financial.payments p on p.order_id = o.id
      where o.customer_id = ?
      """;

  @TempDir Path folder;

  /** The HTTP statuses of the callers of one order; 0 for a caller that did not take part. */
  private record Statuses(UUID order, int capture, int cancellation) {}

  private record End(UUID order, String winner, String cell, String paid, String sold) {}

  @Test
  void expiry_capture_and_cancellation_of_one_order_end_in_agreement() throws Exception {
    var postgres = TestPostgres.server();
    try (HikariDataSource database = TestPostgres.freshDatabase();
        ReservaProcess reserva =
            ReservaProcess.start(
                folder.resolve("data"),
                "reserva.database.url=" + database.getJdbcUrl(),
                "reserva.database.username=" + postgres.user(),
                "reserva.database.password=" + postgres.password(),
                "reserva.inventory.expiry-interval=10ms")) {
      Shop shop = reserva.shop();
      JdbcTemplate sql = new JdbcTemplate(database);
      UUID customer = shop.customer();
      place(shop, customer);
      Map<UUID, UUID> payments = awaitAllPayable(sql, customer);

      List<Statuses> statuses = race(shop, sql, payments);

      Shop.eventually(
          "all is settled",
          () -> {
            shop.awaitNoLag();
            Long open = sql.queryForObject(OPEN, Long.class);
            return Long.valueOf(0).equals(open) ? true : null;
          });
      Map<UUID, End> ends = ends(sql, customer);
      Map<String, Long> matrix =
          ends.values().stream()
              .collect(Collectors.groupingBy(End::cell, TreeMap::new, Collectors.counting()));
      report(matrix, ends.size());
      assertThat(ends).hasSize(ORDERS);
      assertThat(matrix.keySet()).as("ways in which an order ended").isSubsetOf(LEGAL);
      assertThat(ends.values().stream().map(End::winner).distinct())
          .as("who was first at least sometimes")
          .containsExactlyInAnyOrder("CAPTURE", "EXPIRY", "CANCELLATION");
      assertThat(statuses)
          .allSatisfy(it -> assertAnsweredTruly(it, requireNonNull(ends.get(it.order()))));
      assertThat(shop.all("/api/dlq")).isEmpty();
      shop.assertIntegrity();
    }
  }

  /** Asserts that the answers to the callers agree with the outcome. */
  private static void assertAnsweredTruly(Statuses statuses, End end) {
    String all = statuses + " " + end;
    switch (statuses.capture()) {
      case 0, 409 -> assertThat(end.paid()).as(all).isEqualTo("CANCELLED");
      case 200 -> assertThat(end.paid()).as(all).isIn("SUCCEEDED", "REFUNDED");
      default -> throw new AssertionError(all);
    }
    switch (statuses.cancellation()) {
      case 0 -> assertThat(end.sold()).as(all).doesNotContain("operator_request");
      case 202 -> assertThat(end.sold()).as(all).isEqualTo("CANCELLED operator_request");
      case 409 -> assertThat(end.sold()).as(all).isEqualTo("CANCELLED reservation_expired");
      default -> throw new AssertionError(all);
    }
  }

  private static void place(Shop shop, UUID customer) throws Exception {
    UUID plenty = shop.product("Plenty", 10 * ORDERS);
    List<UUID> last = new ArrayList<>();
    List<Callable<UUID>> shelves =
        IntStream.range(0, LAST_UNITS)
            .<Callable<UUID>>mapToObj(i -> () -> shop.product("Last", 1))
            .toList();
    last.addAll(ManyBuyersIT.atOnce(AT_ONCE, shelves));
    ManyBuyersIT.atOnce(
        2 * AT_ONCE,
        IntStream.range(0, ORDERS)
            .<Callable<UUID>>mapToObj(i ->
                () -> {
                  UUID product = i < LAST_UNITS ? last.get(i) : plenty;
                  return shop.place(customer, "tok_pending", List.of(item(product, 1)))
                      .expect(201)
                      .id();
                })
            .toList());
  }

  /** The payment of each order, once all of them wait for their buyer. */
  private static Map<UUID, UUID> awaitAllPayable(JdbcTemplate sql, UUID customer) {
    return Shop.eventually(
        "all orders wait for their money",
        () -> {
          Map<UUID, UUID> waiting = new TreeMap<>();
          sql.query(
              WAITING,
              row -> {
                waiting.put(row.getObject("order_id", UUID.class), row.getObject("id", UUID.class));
              },
              customer);
          return waiting.size() == ORDERS ? waiting : null;
        });
  }

  private static List<Statuses> race(Shop shop, JdbcTemplate sql, Map<UUID, UUID> payments)
      throws Exception {
    List<UUID> orders = new ArrayList<>(payments.keySet());
    Collections.shuffle(orders, new Random(1));
    List<Callable<Statuses>> races = new ArrayList<>();
    for (int i = 0; i < orders.size(); i++) {
      UUID order = orders.get(i);
      Set<Contestant> lineUp = LINE_UPS.get(i % LINE_UPS.size());
      Random random = new Random(i);
      races.add(() -> race(shop, sql, order, requireNonNull(payments.get(order)), lineUp, random));
    }
    return ManyBuyersIT.atOnce(AT_ONCE, races);
  }

  private static Statuses race(
      Shop shop, JdbcTemplate sql, UUID order, UUID payment, Set<Contestant> lineUp, Random random)
      throws InterruptedException {
    List<Callable<Integer>> contestants = new ArrayList<>();
    for (Contestant contestant : Contestant.values()) {
      int late = random.nextInt(JITTER_MICROS.get(random.nextInt(JITTER_MICROS.size())));
      if (lineUp.contains(contestant)) {
        contestants.add(() ->
            switch (contestant) {
              case EXPIRY -> {
                sql.update(EXPIRE, late, order);
                yield rival(shop, sql, order);
              }
              case CAPTURE -> {
                LockSupport.parkNanos(1_000L * late);
                yield shop.put(
                        "/api/payments/%s/status".formatted(payment), "{\"status\":\"SUCCEEDED\"}")
                    .status();
              }
              case CANCELLATION -> {
                LockSupport.parkNanos(1_000L * late);
                yield shop.delete("/api/orders/" + order, null).status();
              }
            });
      }
    }
    List<Integer> answers = Race.run(contestants);
    int next = lineUp.contains(Contestant.EXPIRY) ? 1 : 0;
    int capture = lineUp.contains(Contestant.CAPTURE) ? answers.get(next++) : 0;
    int cancellation = lineUp.contains(Contestant.CANCELLATION) ? answers.get(next) : 0;
    return new Statuses(order, capture, cancellation);
  }

  /**
   * If the order holds the last unit, a rival reserves it as soon as it is free, so that a late
   * payment cannot renew the reservation.
   */
  private static int rival(Shop shop, JdbcTemplate sql, UUID order) {
    List<UUID> last =
        sql.query(
            "select l.product_id from sales.order_line l where l.order_id = ? and l.name = 'Last'",
            (row, _) -> row.getObject("product_id", UUID.class),
            order);
    int status = 0;
    for (int tries = 0; !last.isEmpty() && status != 201 && tries < 10; tries++) {
      status =
          shop.post(
                  "/api/inventory/stock/reserve",
                  Map.of(
                      "orderId", UUID.randomUUID().toString(),
                      "items", List.of(item(last.getFirst(), 1))))
              .status();
    }
    return status;
  }

  private static Map<UUID, End> ends(JdbcTemplate sql, UUID customer) {
    return sql
        .query(
            ENDS,
            (row, _) -> {
              String winner = row.getString("winner");
              String cell =
                  "%s: %s, stock %s, payment %s, given back %s"
                      .formatted(
                          winner,
                          row.getString("sold"),
                          row.getString("held"),
                          row.getString("paid"),
                          row.getString("given_back"));
              return new End(
                  row.getObject("order_id", UUID.class),
                  winner,
                  cell,
                  row.getString("paid"),
                  row.getString("sold"));
            },
            customer)
        .stream()
        .collect(Collectors.toMap(End::order, end -> end));
  }

  private static void report(Map<String, Long> matrix, int orders) throws IOException {
    StringBuilder table = new StringBuilder("ends of %d orders\n".formatted(orders));
    Map<String, Long> all = new TreeMap<>(matrix);
    LEGAL.forEach(cell -> all.putIfAbsent(cell, 0L));
    all.forEach((cell, count) -> table.append("%6d  %s%n".formatted(count, cell)));
    Files.writeString(Path.of("target", "outcome-matrix.txt"), table);
    System.out.print(table);
  }
}
