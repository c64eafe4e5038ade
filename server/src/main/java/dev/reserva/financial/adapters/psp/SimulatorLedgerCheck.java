package dev.reserva.financial.adapters.psp;

import dev.reserva.platform.integrity.IntegrityCheck;

/**
 * Compares financial's books with the simulator's ledger. A charge under way may be known to the
 * simulator alone, and a settlement by webhook or by hand to financial alone.
 */
public final class SimulatorLedgerCheck {

  private static final String BOOKS_EQUAL_LEDGER =
      """
      with ledger as (
        select c.key, c.amount, c.currency, c.status, coalesce(r.refunded, 0) as refunded
        from psp_simulator.charges c
        left join (
          select charge_key, sum(amount) as refunded from psp_simulator.refunds group by charge_key
        ) r on r.charge_key = c.key),
      judged as (
        select coalesce(p.id, l.key) as id, case
            when p.id is null
              then 'the provider has a charge that is not on record'
            when l.amount <> p.amount or l.currency <> p.currency
              then 'the provider charges another amount'
            when p.transaction_id is not null and p.settled_by = 'PROVIDER'
                and l.status is distinct from 'CAPTURED'
              then format('the provider has not captured what is on record as %s', p.status)
            when l.status = 'CAPTURED' and p.status in ('REQUESTED', 'FAILED', 'CANCELLED')
              then format('the provider has captured what is on record as %s', p.status)
            when coalesce(l.refunded, 0)
                not between p.refunded - coalesce(o.outside, 0)
                and p.refunded - coalesce(o.outside, 0) + p.owed
              then format('the provider has refunded %s, on record are %s',
                coalesce(l.refunded, 0), p.refunded - coalesce(o.outside, 0))
          end as violation
        from financial.payments p full join ledger l on l.key = p.id
        left join (
          select payment_id, sum(amount) as outside from financial.refunds where outside
          group by payment_id
        ) o on o.payment_id = p.id),
      broken as (
        select format('payment %s: %s', id, violation) as violation
        from judged where violation is not null)
      select (select count(*) from financial.payments) as checked,
        (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  private SimulatorLedgerCheck() {}

  public static IntegrityCheck booksEqualLedger() {
    return IntegrityCheck.bySql("financial.books-equal-provider-ledger", BOOKS_EQUAL_LEDGER);
  }
}
