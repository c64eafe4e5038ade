package dev.reserva.financial.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.integrity.IntegrityCheck;
import java.sql.Connection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What must hold of financial's books at any moment. */
public final class FinancialChecks {

  private static final String PAYMENTS = "select count(*) from financial.payments";

  private static final String CAPTURED_WHOLE =
      """
      select 'payment ' || id || ' is ' || status || ' without a record of who took the money'
      from financial.payments
      where status in ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED')
        and (transaction_id is null or settled_by is null or processed_at is null)
      """;

  private static final String REFUNDED_WITHIN_CAPTURED =
      """
      select 'payment ' || id || ': refunded ' || refunded || ' and owed ' || owed || ' of '
        || amount || ' as ' || status
      from financial.payments
      where refunded + owed > amount
        or (refunded + owed > 0 and transaction_id is null)
        or (status = 'REFUNDED') <> (refunded = amount and refunded > 0)
        or (status = 'PARTIALLY_REFUNDED') <> (refunded > 0 and refunded < amount)
      """;

  private static final String REFUNDS_EQUAL_BOOKS =
      """
      select 'payment ' || payment.id || ': refunded ' || payment.refunded || ' and owed '
        || payment.owed || ', its refunds say ' || coalesce(sums.done, 0) || ' and '
        || coalesce(sums.owed, 0)
      from financial.payments as payment
      left join (
        select payment_id,
               coalesce(sum(amount) filter (where done_at is not null), 0) as done,
               coalesce(sum(amount) filter (where done_at is null), 0) as owed
        from financial.refunds
        group by payment_id
      ) as sums on sums.payment_id = payment.id
      where (payment.refunded, payment.owed) <> (coalesce(sums.done, 0), coalesce(sums.owed, 0))
      """;

  private static final String DEAD_ORDERS_GET_THEIR_MONEY_BACK =
      """
      select 'payment ' || id || ' of the cancelled order ' || order_id || ' is ' || status
        || ': refunded ' || refunded || ' and owed ' || owed || ' of ' || amount
      from financial.payments
      where order_cancelled
        and (status = 'REQUESTED' or (transaction_id is not null and refunded + owed <> amount))
      """;

  private FinancialChecks() {}

  public static IntegrityCheck capturedWhole() {
    return check("financial.captured-is-on-record", CAPTURED_WHOLE);
  }

  public static IntegrityCheck refundedWithinCaptured() {
    return check("financial.refunded-within-captured", REFUNDED_WITHIN_CAPTURED);
  }

  public static IntegrityCheck refundsEqualBooks() {
    return check("financial.refunds-equal-books", REFUNDS_EQUAL_BOOKS);
  }

  public static IntegrityCheck deadOrdersGetTheirMoneyBack() {
    return check("financial.cancelled-orders-are-refunded", DEAD_ORDERS_GET_THEIR_MONEY_BACK);
  }

  private record Violation(String text, long total) {}

  private static IntegrityCheck check(String name, String violations) {
    return new IntegrityCheck(name, snapshot -> run(violations, snapshot));
  }

  private static IntegrityCheck.Result run(String sql, UnitOfWork snapshot) {
    JdbcClient client =
        JdbcClient.create(
            new SingleConnectionDataSource(snapshot.resource(Connection.class), true));
    List<Violation> violations =
        client
            .sql(
                "select text, count(*) over () from (%s) as violation (text) limit 20"
                    .formatted(sql))
            .query((row, number) -> new Violation(row.getString(1), row.getLong(2)))
            .list();
    return new IntegrityCheck.Result(
        client.sql(PAYMENTS).query(Long.class).single(),
        violations.isEmpty() ? 0 : violations.getFirst().total(),
        violations.stream().map(Violation::text).toList());
  }
}
