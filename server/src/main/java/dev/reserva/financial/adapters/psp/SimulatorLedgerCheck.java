package dev.reserva.financial.adapters.psp;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.integrity.IntegrityCheck;
import java.sql.Connection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Compares financial's books with the simulator's ledger. What is under way may be known to the
 * simulator alone; what was settled by webhook or by hand it does not know of.
 */
public final class SimulatorLedgerCheck {

  private static final String COUNT = "select count(*) from financial.payments";

  private static final String VIOLATIONS =
      """
      with ledger as (
        select charge.key, charge.amount, charge.currency, charge.status,
               coalesce(refund.refunded, 0) as refunded
        from psp_simulator.charges as charge
        left join (
          select charge_key, sum(amount) as refunded from psp_simulator.refunds group by charge_key
        ) as refund on refund.charge_key = charge.key
      ), compared as (
        select coalesce(payment.id, ledger.key) as id, case
            when payment.id is null
              then 'the provider has a charge that is not on record'
            when ledger.amount <> payment.amount or ledger.currency <> payment.currency
              then 'the provider charges another amount'
            when payment.transaction_id is not null and payment.settled_by = 'PROVIDER'
                and ledger.status is distinct from 'CAPTURED'
              then 'the provider has not captured what is on record as ' || payment.status
            when ledger.status = 'CAPTURED'
                and payment.status in ('REQUESTED', 'FAILED', 'CANCELLED')
              then 'the provider has captured what is on record as ' || payment.status
            when coalesce(ledger.refunded, 0)
                not between payment.refunded and payment.refunded + payment.owed
              then 'the provider has refunded ' || coalesce(ledger.refunded, 0)
                || ', on record are ' || payment.refunded
          end as violation
        from financial.payments as payment
        full join ledger on ledger.key = payment.id
      )
      select 'payment ' || id || ': ' || violation as text, count(*) over () as total
      from compared
      where violation is not null
      limit 20
      """;

  private SimulatorLedgerCheck() {}

  public static IntegrityCheck check() {
    return new IntegrityCheck("financial.books-equal-provider-ledger", SimulatorLedgerCheck::run);
  }

  private record Violation(String text, long total) {}

  private static IntegrityCheck.Result run(UnitOfWork snapshot) {
    JdbcClient client =
        JdbcClient.create(
            new SingleConnectionDataSource(snapshot.resource(Connection.class), true));
    long checked = client.sql(COUNT).query(Long.class).single();
    List<Violation> violations =
        client
            .sql(VIOLATIONS)
            .query((row, number) -> new Violation(row.getString("text"), row.getLong("total")))
            .list();
    return new IntegrityCheck.Result(
        checked,
        violations.isEmpty() ? 0 : violations.getFirst().total(),
        violations.stream().map(Violation::text).toList());
  }
}
