package dev.reserva.financial.adapters.postgres;

import dev.reserva.platform.integrity.IntegrityCheck;

/** The invariants of receivables, each counted by one statement. */
public final class ReceivableChecks {

  static final String LEDGER =
      """
      with sums as (
        select receivable_id,
          coalesce(sum(amount) filter (where kind = 'opened'), 0) as opened,
          coalesce(sum(amount) filter (where kind = 'settled'), 0) as settled,
          coalesce(sum(amount) filter (where kind = 'cancelled'), 0) as cancelled,
          coalesce(sum(amount) filter (where kind = 'refunded'), 0) as refunded,
          count(*) filter (where kind = 'opened') as openings
        from financial.receivable_ledger group by receivable_id),
      judged as (
        select coalesce(r.id, s.receivable_id) as id, r.status, r.amount, r.settled, r.refunded,
          case r.status when 'CANCELLED' then r.amount else 0 end as cancelled,
          s.openings, s.opened, s.settled as took, s.cancelled as wrote_off, s.refunded as gave
        from financial.receivables r full join sums s on s.receivable_id = r.id),
      broken as (
        select format('receivable %s is %s of %s, settled %s, refunded %s; its ledger says %s, %s, %s and cancelled %s',
            id, coalesce(status, 'absent'), amount, settled, refunded, opened, took, gave, wrote_off)
          as violation
        from judged
        where openings is distinct from 1
          or (amount, settled, cancelled, refunded) is distinct from (opened, took, wrote_off, gave))
      select (select count(*) from judged) as checked, (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  // kept: money of the order that is neither given back nor promised back.
  static final String PAYMENTS =
      """
      with paid as (
        select order_id, min(customer_id::text) as customer_id, min(currency) as currency,
          min(amount) as amount,
          coalesce(sum(amount) filter (where transaction_id is not null), 0) as taken,
          sum(refunded) as refunded,
          bool_or(transaction_id is not null and amount > refunded + owed) as kept,
          count(transaction_id) as captures
        from financial.payments group by order_id),
      judged as (
        select coalesce(r.id, p.order_id) as id, r.status,
          case
            when r.id is null then 'has payments, but no receivable'
            when p.order_id is null then
              case when r.settled <> 0 or r.status = 'SETTLED' then 'has no payment' end
            when (r.customer_id::text, r.currency, r.amount)
                is distinct from (p.customer_id, p.currency, p.amount) then
              format('is of %s %s, its payments of %s %s, or of another customer',
                r.amount, r.currency, p.amount, p.currency)
            when (r.settled, r.refunded) is distinct from (p.taken, p.refunded) then
              format('says settled %s and refunded %s, its payments %s and %s',
                r.settled, r.refunded, p.taken, p.refunded)
            when r.status <> 'SETTLED' and p.kept then 'keeps money'
            when r.status = 'SETTLED' and p.captures = 0 then 'has no payment that took money'
          end as fault
        from financial.receivables r full join paid p on p.order_id = r.id
        union all
        select n.order_id, coalesce(r.status, 'absent'),
          case
            when n.customer_id is not null and r.status is distinct from 'OPEN' then
              'waits to be told how it is paid'
            when n.customer_id is null and r.status is not null and r.status <> 'CANCELLED' then
              'is of a dead order'
          end
        from financial.order_notes n left join financial.receivables r on r.id = n.order_id),
      broken as (
        select format('the receivable of order %s is %s and %s', id, coalesce(status, 'absent'), fault)
          as violation
        from judged where fault is not null)
      select (select count(*) from judged) as checked, (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  private ReceivableChecks() {}

  /** For each receivable: its amounts are the sums of its entries in the ledger. */
  public static IntegrityCheck receivablesEqualLedger() {
    return IntegrityCheck.bySql("financial.receivables-equal-ledger", LEDGER);
  }

  /**
   * For each order: its receivable says settled what its payments have taken, and refunded what
   * they have given back; only a settled one keeps money.
   */
  public static IntegrityCheck receivablesEqualPayments() {
    return IntegrityCheck.bySql("financial.receivables-equal-payments", PAYMENTS);
  }
}
