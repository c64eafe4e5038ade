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
import dev.reserva.webhooks.domain.DeliveryKind;
import dev.reserva.webhooks.domain.DeliveryStatus;
import dev.reserva.webhooks.domain.DisabledReason;
import dev.reserva.webhooks.domain.EndpointState;
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
  static void migrate() throws SQLException {
    for (String schema : List.of("sales", "financial", "inventory", "logistics", "webhooks")) {
      Flyway.configure()
          .dataSource(database)
          .schemas(schema)
          .defaultSchema(schema)
          .locations("classpath:db/" + schema)
          .load()
          .migrate();
    }
    makeRowsAskable();
  }

  /** Constraints of tables without a function are asked by rows, none of which stays. */
  private static void makeRowsAskable() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create function public.is_accepted(insertion text) returns boolean language plpgsql as $$
          begin
            execute insertion;
            raise exception using errcode = 'ZZ001';
          exception
            when sqlstate 'ZZ001' then return true;
            when integrity_constraint_violation then return false;
          end
          $$;
          insert into webhooks.endpoint (id, url, filters, ordered, state, secret, created_at, updated_at, version)
          values (gen_random_uuid(), 'https://x.example/', '{*}', false, 'ACTIVE', 's', now(), now(), 1);
          """);
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
          sales.return_is_consistent(status, products, texts, texts, quantities, array_fill(10::numeric, array[lines]), null, null, null,
            null, refund, refunded, decided, received, repaid, version) as accepted,
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

  @Test
  void the_tax_of_a_return_is_accepted_exactly_by_its_rules() throws SQLException {
    String combinations =
        """
        select status, codes, rates, taxes, included, refund,
          sales.return_is_consistent(status, array[gen_random_uuid()], '{x}', '{x}', '{2}', '{10}', codes, rates, taxes, included, refund,
            null, null, null, null, 1) as accepted,
          status = 'REQUESTED'
            and (codes is null) = (taxes is null) and (rates is null) = (taxes is null) and (included is null) = (taxes is null)
            and coalesce(cardinality(codes) = 1 and cardinality(rates) = 1 and cardinality(included) = 1 and cardinality(taxes) = 1, true)
            and (rates[1] is null) = (taxes[1] is null) and (included[1] is null) = (taxes[1] is null)
            and coalesce(rates[1] between 0 and 0.999999 and taxes[1] >= 0, true)
            and coalesce(not included[1] or taxes[1] <= 20, true)
            and refund between 0 and 20 + case when included[1] then 0 else coalesce(taxes[1], 0) end as expected
        from unnest(array['REQUESTED', 'NONSENSE']) status,
          (values (null::text[]), ('{x}'), ('{null}'), ('{x,y}')) as coded (codes),
          (values (null::numeric[]), ('{0.1}'), ('{null}'), ('{-0.1}'), ('{1}')) as rated (rates),
          (values (null::numeric[]), ('{2}'), ('{null}'), ('{-1}'), ('{21}')) as taxed (taxes),
          (values (null::boolean[]), ('{true}'), ('{false}'), ('{null}')) as contained (included),
          unnest(array[0, 20, 22, 23, 41, 42]::numeric[]) refund
        """;
    assertThatEachIsAcceptedAsExpected(combinations);
  }

  @Test
  void the_tax_of_a_line_is_accepted_exactly_by_its_rules() throws SQLException {
    String combinations =
        """
        select status, rate, tax, included,
          sales.line_tax_is_consistent(case status when 'SOLD' then 2 end, 50, rate, tax, included) as accepted,
          status = 'SOLD' and rate >= 0 and rate < 1 and tax >= 0
            and case when included then abs(tax * (1 + rate) - 100 * rate) <= 0.5 * (1 + rate) else abs(tax - 100 * rate) <= 0.5 end
            and included is not null as expected
        from unnest(array['SOLD', 'NONSENSE']) status, unnest(array[null, -0.1, 0, 0.25, 0.999999, 1]::numeric[]) rate,
          unnest(array[null, -1, 0, 0.5, 0.6, 19.5, 20, 20.5, 20.6, 24.5, 25, 25.6, 50, 100]::numeric[]) tax,
          unnest(array[null, true, false]) included
        """;
    assertThatEachIsAcceptedAsExpected(combinations);
  }

  @Test
  void a_delivery_row_is_accepted_exactly_by_its_rules() throws SQLException {
    String combinations =
        """
        select status, kind, attempts, tries, leased, ended,
          public.is_accepted(format(
            'insert into webhooks.delivery (id, endpoint_id, kind, event_id, type, key, position, body, status, attempts, tries, due_at,
              created_at, leased_until, ended_at)
            select gen_random_uuid(), id, %%L, gen_random_uuid(), ''t'', id, 0, ''{}'', %%L, %%L, %%L, now(), now(), %%L, %%L
            from webhooks.endpoint limit 1',
            kind, status, attempts, tries, leased, ended)) as accepted,
          status <> 'NONSENSE' and kind <> 'NONSENSE'
            and attempts >= 0 and tries between 0 and attempts
            and (ended is null) = (status = 'PENDING')
            and (status = 'PENDING' or (attempts > 0 and leased is null)) as expected
        from unnest(%s) status, unnest(%s) kind, unnest(array[-1, 0, 1, 2]) attempts, unnest(array[-1, 0, 1, 2]) tries,
          unnest(array[null, now()]) leased, unnest(array[null, now()]) ended
        """
            .formatted(
                texts(names(DeliveryStatus.values()), "NONSENSE"),
                texts(names(DeliveryKind.values()), "NONSENSE"));
    assertThatEachIsAcceptedAsExpected(combinations);
  }

  @Test
  void an_endpoint_row_is_accepted_exactly_by_its_rules() throws SQLException {
    String combinations =
        """
        select state as status, reason, filters, former, until, version,
          public.is_accepted(format(
            'insert into webhooks.endpoint (id, url, filters, ordered, state, disabled_reason, secret, former_secret, former_until,
              created_at, updated_at, version)
            values (gen_random_uuid(), ''https://x.example/'', array_fill(''*''::text, array[%%s]), false, %%L, %%L, ''s'', %%L, %%L, now(),
              now(), %%L)',
            filters, state, reason, former, until, version)) as accepted,
          state <> 'NONSENSE' and reason is distinct from 'NONSENSE'
            and (state = 'DISABLED') = (reason is not null)
            and filters between 1 and 50
            and (former is null) = (until is null)
            and version >= 1 as expected
        from unnest(%s) state, unnest(%s) reason, unnest(array[0, 1, 50, 51]) filters, unnest(array[null, 's']) former,
          unnest(array[null, now()]) until, unnest(array[0, 1]) version
        """
            .formatted(
                texts(names(EndpointState.values()), "NONSENSE"),
                texts(names(DisabledReason.values()), "NONSENSE", null));
    assertThatEachIsAcceptedAsExpected(combinations);
  }

  @Test
  void a_replay_row_is_accepted_exactly_by_its_rules() throws SQLException {
    String combinations =
        """
        select status, read, until, deliveries, ended,
          public.is_accepted(format(
            'insert into webhooks.replay (endpoint_id, since, position, until, deliveries, started_at, ended_at)
            select case %L when ''RUN'' then id end, now(), %L, %L, %L, now(), %L from webhooks.endpoint limit 1',
            status, read, until, deliveries, ended)) as accepted,
          status = 'RUN' and (read is null) = (until is null) and coalesce(read between 0 and until, true) and deliveries >= 0
            and (ended is not null) = coalesce(read = until, false) as expected
        from unnest(array['RUN', 'NONSENSE']) status, unnest(array[null, -1, 0, 5, 6]) read, unnest(array[null, 0, 5]) until,
          unnest(array[-1, 0]) deliveries, unnest(array[null, now()]) ended
        """;
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
