package dev.reserva.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.ReceivableStatus;
import dev.reserva.inventory.domain.ReservationStatus;
import dev.reserva.logistics.domain.ShipmentStatus;
import dev.reserva.postgres.TestPostgres;
import dev.reserva.sales.domain.CancellationReason;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.Payment;
import dev.reserva.sales.domain.Reservation;
import dev.reserva.sales.domain.ReturnStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Compares the SQL functions that check rows with the same rules written one by one, for every
 * combination of column values, including null and invalid ones.
 */
class RowRulesIT {

  private static HikariDataSource database = TestPostgres.freshDatabase();

  @BeforeAll
  static void migrate() {
    for (String schema : List.of("sales", "financial", "inventory", "logistics")) {
      Flyway.configure()
          .dataSource(database)
          .schemas(schema)
          .defaultSchema(schema)
          .locations("classpath:db/" + schema)
          .load()
          .migrate();
    }
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void an_order_row_is_accepted_exactly_by_its_rules() throws SQLException {
    String combinations =
        """
        select status, reason, total, method, reservation, reserved, payment, paid, since, version,
          sales.order_is_consistent(status, reason, total, 'BRL', method, reservation, reserved, payment, paid, since,
            version) as accepted,
          version >= 1 and total >= 0
            and status <> 'NONSENSE'
            and reason is distinct from 'nonsense'
            and reserved is distinct from 'NONSENSE'
            and paid is distinct from 'NONSENSE'
            and method is distinct from 'nonsense'
            and (reason is not null) = (status in ('CANCELLED', 'FAILED'))
            and (status = 'FAILED') = (reason is not distinct from 'deadline_exceeded')
            and (since is not null) = (status in ('PENDING', 'PENDING_PAYMENT', 'PAID'))
            and (reservation is null) = (reserved is null)
            and (payment is null) = (paid is null)
            and (status not in ('CONFIRMED', 'SHIPPED', 'DELIVERED', 'COMPLETED')
              or (reserved is not distinct from 'CONFIRMED'
                and coalesce(paid, '') in ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED'))) as expected
        from unnest(%s) status, unnest(%s) reason, unnest(array[-1, 10]::numeric[]) total,
          unnest(array[null, 'pix', 'nonsense']) method,
          unnest(array[null, gen_random_uuid()]) reservation, unnest(%s) reserved,
          unnest(array[null, gen_random_uuid()]) payment, unnest(%s) paid,
          unnest(array[null, now()]) since, unnest(array[0, 1]) version
        """
            .formatted(
                texts(names(OrderStatus.values()), "NONSENSE"),
                texts(
                    Arrays.stream(CancellationReason.values()).map(CancellationReason::wire),
                    "nonsense",
                    null),
                texts(names(Reservation.Status.values()), "NONSENSE", null),
                texts(names(Payment.Status.values()), "NONSENSE", null));
    assertThatEachIsAcceptedAsExpected(combinations);
  }

  @Test
  void a_payment_row_is_accepted_exactly_by_its_rules() throws SQLException {
    String combinations =
        """
        select status, amount, attempts, due, transaction, refunded, owed, processed, replaces,
          financial.payment_is_consistent(status, amount, attempts, due, transaction, refunded, owed, processed, replaces) as accepted,
          status <> 'NONSENSE' and amount >= 0 and attempts >= 0 and refunded >= 0 and owed >= 0
            and (due is null or status in ('REQUESTED', 'PROCESSING'))
            and (status <> 'PROCESSING' or due is not null)
            and (status <> 'REQUESTED' or due is not null or replaces is not null)
            and (status = 'REQUESTED') <= (attempts = 0)
            and (status in ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED')) = (transaction is not null)
            and (status in ('REQUESTED', 'PROCESSING')) = (processed is null)
            and refunded + owed <= amount
            and (refunded + owed = 0 or transaction is not null)
            and (status in ('PARTIALLY_REFUNDED', 'REFUNDED')) = (refunded > 0)
            and (status = 'REFUNDED') <= (refunded = amount) as expected
        from unnest(%s) status, unnest(array[-1, 0, 10]::numeric[]) amount, unnest(array[-1, 0, 1]) attempts,
          unnest(array[null, now()]) due, unnest(array[null, 'tx']) transaction,
          unnest(array[-1, 0, 4, 10]::numeric[]) refunded, unnest(array[-1, 0, 6, 7]::numeric[]) owed,
          unnest(array[null, now()]) processed, unnest(array[null, gen_random_uuid()]) replaces
        """
            .formatted(texts(names(PaymentStatus.values()), "NONSENSE"));
    assertThatEachIsAcceptedAsExpected(combinations);
  }

  @Test
  void a_receivable_row_is_accepted_exactly_by_its_rules() throws SQLException {
    String combinations =
        """
        select status, amount, settled, refunded, closed,
          financial.receivable_is_consistent(status, amount, settled, refunded, closed) as accepted,
          status <> 'NONSENSE' and amount >= 0 and settled >= 0 and refunded >= 0
            and refunded <= settled
            and (closed is null) = (status = 'OPEN')
            and (status <> 'SETTLED' or settled >= amount) as expected
        from unnest(%s) status, unnest(array[null, -1, 0, 10]::numeric[]) amount,
          unnest(array[null, -1, 0, 9, 10, 20]::numeric[]) settled,
          unnest(array[null, -1, 0, 9, 10, 21]::numeric[]) refunded, unnest(array[null, now()]) closed
        """
            .formatted(texts(names(ReceivableStatus.values()), "NONSENSE"));
    assertThatEachIsAcceptedAsExpected(combinations);
  }

  @Test
  void a_reservation_row_is_accepted_exactly_by_its_rules() throws SQLException {
    String combinations =
        """
        select status, lines, quantities, ended, renewals, returned,
          inventory.reservation_is_consistent(status, products, quantities, expires, ended, renewals, returned) as accepted,
          status <> 'NONSENSE' and lines = cardinality(quantities)
            and (lines > 0 or status = 'RELEASED')
            and 0 < all (quantities)
            and renewals between 0 and 1
            and (ended is null) = (status = 'RESERVED')
            and (status <> 'CONFIRMED' or ended < expires or renewals > 0)
            and (returned is null or status = 'CONFIRMED') as expected
        from unnest(%s) status, generate_series(0, 2) lines,
          lateral (select array_fill(gen_random_uuid(), array[lines]) as products) named,
          (values ('{}'::integer[]), ('{1}'), ('{0}'), ('{1,2}'), ('{1,-2}')) as held (quantities),
          (select now() as expires) lasts,
          unnest(array[null, now() - interval '1 minute', now(), now() + interval '1 minute']) ended,
          unnest(array[-1, 0, 1, 2]::smallint[]) renewals, unnest(array[null, now()]) returned
        """
            .formatted(texts(names(ReservationStatus.values()), "NONSENSE"));
    assertThatEachIsAcceptedAsExpected(combinations);
  }

  @Test
  void a_shipment_row_is_accepted_exactly_by_its_rules() throws SQLException {
    String combinations =
        """
        select status, part, first, lines, ordered, quantities, dispatched, delivered, ended, version,
          logistics.shipment_is_consistent(id, order_id, status, part, products, texts, texts, ordered, quantities, dispatched, delivered, ended,
            version) as accepted,
          status <> 'NONSENSE' and part >= 1 and version >= 1
            and first = (part = 1)
            and lines = cardinality(ordered) and lines = cardinality(quantities)
            and 0 < all (quantities)
            and not exists (select 1 from unnest(ordered, quantities) as line (ordered, quantity) where quantity > line.ordered)
            and (lines > 0 or status = 'CANCELLED')
            and (dispatched is not null) = (status in ('DISPATCHED', 'DELIVERED', 'RETURNED'))
            and (delivered is null or status in ('DELIVERED', 'RETURNED'))
            and (status <> 'DELIVERED' or delivered is not null)
            and (ended is not null) = (status in ('CANCELLED', 'RETURNED')) as expected
        from unnest(%s) status, generate_series(0, 2) lines, unnest(array[0, 1, 2]::smallint[]) part,
          (values (true), (false)) as numbered (first),
          lateral (select gen_random_uuid() as order_id) owned,
          lateral (select case when first then order_id else gen_random_uuid() end as id) identified,
          lateral (select array_fill(gen_random_uuid(), array[lines]) as products, array_fill('x'::text, array[lines]) as texts) named,
          (values ('{}'::integer[]), ('{2}'), ('{2,2}')) as sold (ordered),
          (values ('{}'::integer[]), ('{1}'), ('{0}'), ('{3}'), ('{1,2}'), ('{1,3}')) as contained (quantities),
          unnest(array[null, now()]) dispatched, unnest(array[null, now()]) delivered, unnest(array[null, now()]) ended,
          unnest(array[0, 1]) version
        """
            .formatted(texts(names(ShipmentStatus.values()), "NONSENSE"));
    assertThatEachIsAcceptedAsExpected(combinations);
  }

  @Test
  void a_return_row_is_accepted_exactly_by_its_rules() throws SQLException {
    String combinations =
        """
        select status, lines, quantities, refund, refunded, decided, received, repaid, version,
          sales.return_is_consistent(status, products, texts, texts, quantities, array_fill(10::numeric, array[lines]), refund, refunded,
            decided, received, repaid, version) as accepted,
          status <> 'NONSENSE' and version >= 1 and lines > 0
            and lines = cardinality(quantities)
            and 0 < all (quantities)
            and refund between 0 and 10 * (select sum(q) from unnest(quantities) q)
            and (decided is not null) = (status <> 'REQUESTED')
            and (received is not null) = (status in ('RECEIVED', 'REFUNDED'))
            and (repaid is not null) = (status = 'REFUNDED')
            and (refunded is not null) = (status = 'REFUNDED')
            and coalesce(refunded between 0 and refund, true) as expected
        from unnest(%s) status, generate_series(0, 2) lines,
          lateral (select array_fill(gen_random_uuid(), array[lines]) as products, array_fill('x'::text, array[lines]) as texts) named,
          (values ('{}'::integer[]), ('{1}'), ('{0}'), ('{1,2}')) as contained (quantities),
          unnest(array[-1, 0, 10, 11, 30]::numeric[]) refund, unnest(array[null, -1, 0, 10, 30]::numeric[]) refunded,
          unnest(array[null, now()]) decided, unnest(array[null, now()]) received, unnest(array[null, now()]) repaid,
          unnest(array[0, 1]) version
        """
            .formatted(texts(names(ReturnStatus.values()), "NONSENSE"));
    assertThatEachIsAcceptedAsExpected(combinations);
  }

  private static Stream<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(Enum::name);
  }

  private static String texts(Stream<String> known, @Nullable String... more) {
    return Stream.concat(known, Arrays.stream(more))
        .map(text -> text == null ? "null" : "'" + text + "'")
        .collect(Collectors.joining(", ", "array[", "]::text[]"));
  }

  /** Asserts that both accept the same rows, and that each valid status is accepted in some row. */
  private static void assertThatEachIsAcceptedAsExpected(String combinations) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create temporary table combination as " + combinations);
      try (ResultSet wrong =
          statement.executeQuery(
              "select to_jsonb(c) from combination c where accepted is distinct from coalesce(expected, false) limit 5")) {
        while (wrong.next()) {
          assertThat(wrong.getString(1)).as("not accepted as expected").isNull();
        }
      }
      try (ResultSet impossible =
          statement.executeQuery(
              """
              select string_agg(status, ', ' order by status),
                (select count(*) from combination where accepted), (select count(*) from combination where not accepted)
              from (select status from combination group by status having not bool_or(accepted)) never
              """)) {
        impossible.next();
        assertThat(impossible.getString(1)).as("never allowed").isEqualTo("NONSENSE");
        assertThat(impossible.getLong(2)).isPositive();
        assertThat(impossible.getLong(3)).isPositive();
      }
      statement.execute("drop table combination");
    }
  }
}
