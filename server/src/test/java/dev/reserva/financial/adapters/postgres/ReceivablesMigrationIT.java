package dev.reserva.financial.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.postgres.TestPostgres;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database with payments of a version that had no receivables. */
class ReceivablesMigrationIT {

  private static final String PAYMENT =
      """
      insert into financial.payments (id, order_id, customer_id, amount, currency, method, status, waiting, unwanted,
        attempts, due_at, transaction_id, refunded, owed, created_at, processed_at, correlation_id, pay_by, replaced_by)
      values (('00000000-0000-7000-9000-' || lpad(?, 12, '0'))::uuid, ('00000000-0000-7000-8000-' || lpad(?, 12, '0'))::uuid,
        gen_random_uuid(), ?, ?, 'pix', ?, ?, ?, 1, case when ? then now() end, ?, ?, ?, '2026-01-01 10:00Z',
        case when not ? then timestamptz '2026-01-01 11:00Z' end, 'c', ?::timestamptz,
        ('00000000-0000-7000-9000-' || lpad(?, 12, '0'))::uuid)
      """;

  private static final String RECEIVABLES =
      """
      select right(id::text, 1) || ' ' || status || ' ' || trim_scale(amount) || ' ' || currency || ' '
        || trim_scale(settled) || ' ' || trim_scale(refunded) || coalesce(' due ' || to_char(due_at at time zone 'UTC', 'MM-DD'), '')
        || coalesce(' closed ' || to_char(closed_at at time zone 'UTC', 'HH24:MI'), '')
      from financial.receivables order by id
      """;

  private static final String LEDGER =
      """
      select right(receivable_id::text, 1) || ' ' || kind || ' ' || trim_scale(amount) || coalesce(' ' || right(source_id::text, 2), '')
      from financial.receivable_ledger order by 1
      """;

  @Test
  void orders_of_earlier_versions_get_receivables_that_agree_with_their_payments() {
    try (HikariDataSource dataSource = TestPostgres.freshDatabase()) {
      financial(dataSource).target("4").load().migrate();
      JdbcTemplate sql = new JdbcTemplate(dataSource);
      paid(sql);
      unpaid(sql);

      financial(dataSource).load().migrate();

      assertThat(sql.queryForList(RECEIVABLES, String.class))
          .containsExactly(
              "1 SETTLED 100 BRL 100 0 closed 11:00",
              "2 SETTLED 1000 JPY 1000 1000 closed 11:00",
              "3 OPEN 1.234 KWD 0 0 due 02-01",
              "4 CANCELLED 100 BRL 0 0 closed 11:00",
              "5 CANCELLED 100 BRL 100 100 closed 11:00",
              "6 SETTLED 100 BRL 200 0 closed 11:00",
              "7 OPEN 100 BRL 0 0",
              "9 OPEN 55 EUR 0 0");
      assertThat(sql.queryForList(LEDGER, String.class))
          .containsExactly(
              "1 opened 100",
              "1 settled 100 10",
              "2 opened 1000",
              "2 refunded 400 02",
              "2 refunded 600 01",
              "2 settled 1000 20",
              "3 opened 1.234",
              "4 cancelled 100",
              "4 opened 100",
              "5 cancelled 100",
              "5 opened 100",
              "5 refunded 100 03",
              "5 settled 100 50",
              "6 opened 100",
              "6 settled 100 60",
              "6 settled 100 61",
              "7 opened 100",
              "9 opened 55");
      for (String check : List.of(ReceivableChecks.LEDGER, ReceivableChecks.PAYMENTS)) {
        Map<String, @Nullable Object> counted = sql.queryForMap(check, 20);
        assertThat(counted.get("violated")).as(counted.toString()).isEqualTo(0L);
        assertThat(counted.get("checked")).isNotEqualTo(0L);
      }
    }
  }

  private static void paid(JdbcTemplate sql) {
    payment(sql, 10, 1, "100", "BRL", "SUCCEEDED", false, "0", "0", null, null);
    payment(sql, 20, 2, "1000", "JPY", "REFUNDED", true, "1000", "0", null, null);
    refund(sql, 1, 20, "600", "JPY", "customer_request", true);
    refund(sql, 2, 20, "400", "JPY", null, true);
    // The money of the payment came after the end of its order.
    payment(sql, 50, 5, "100", "BRL", "REFUNDED", true, "100", "0", null, null);
    refund(sql, 3, 50, "100", "BRL", "captured_too_late", true);
    // The money of a replaced payment came late and is still owed.
    payment(sql, 60, 6, "100", "BRL", "SUCCEEDED", true, "0", "100", null, 61);
    refund(sql, 4, 60, "100", "BRL", "captured_too_late", false);
    payment(sql, 61, 6, "100", "BRL", "SUCCEEDED", false, "0", "0", null, null);
    sql.update(
        "update financial.payments set customer_id = (select customer_id from financial.payments"
            + " where id::text like '%60') where id::text like '%61'");
  }

  private static void unpaid(JdbcTemplate sql) {
    payment(sql, 30, 3, "1.234", "KWD", "PROCESSING", false, "0", "0", "2026-02-01 00:00Z", null);
    payment(sql, 40, 4, "100", "BRL", "CANCELLED", true, "0", "0", null, null);
    // Announced as failed; the order's end has not arrived yet.
    payment(sql, 70, 7, "100", "BRL", "FAILED", false, "0", "0", null, null);
    sql.update(
        """
        insert into financial.order_notes (order_id, customer_id, amount, currency) values
          ('00000000-0000-7000-8000-000000000008', null, null, null),
          ('00000000-0000-7000-8000-000000000009', gen_random_uuid(), 55, 'EUR')
        """);
  }

  private static void payment(
      JdbcTemplate sql,
      int id,
      int order,
      String amount,
      String currency,
      String status,
      boolean unwanted,
      String refunded,
      String owed,
      @Nullable String payBy,
      @Nullable Integer replacedBy) {
    boolean open = status.equals("PROCESSING");
    boolean taken = status.equals("SUCCEEDED") || status.endsWith("REFUNDED");
    sql.update(
        PAYMENT,
        String.valueOf(id),
        String.valueOf(order),
        new BigDecimal(amount),
        currency,
        status,
        open,
        unwanted,
        open,
        taken ? "psp" : null,
        new BigDecimal(refunded),
        new BigDecimal(owed),
        open,
        payBy,
        replacedBy == null ? null : replacedBy.toString());
  }

  private static void refund(
      JdbcTemplate sql,
      int id,
      int payment,
      String amount,
      String currency,
      @Nullable String reason,
      boolean done) {
    sql.update(
        """
        insert into financial.refunds (id, payment_id, amount, currency, reason, attempts, due_at, created_at, done_at, correlation_id)
        values (('00000000-0000-7000-a000-' || lpad(?, 12, '0'))::uuid, ('00000000-0000-7000-9000-' || lpad(?, 12, '0'))::uuid,
          ?, ?, ?, 1, case when not ? then now() end, now(), case when ? then now() end, 'c')
        """,
        String.valueOf(id),
        String.valueOf(payment),
        new BigDecimal(amount),
        currency,
        reason,
        done,
        done);
  }

  private static FluentConfiguration financial(HikariDataSource dataSource) {
    return Flyway.configure()
        .dataSource(dataSource)
        .schemas("financial")
        .defaultSchema("financial")
        .locations("classpath:db/financial");
  }
}
