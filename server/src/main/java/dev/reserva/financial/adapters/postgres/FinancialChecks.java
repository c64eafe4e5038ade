package dev.reserva.financial.adapters.postgres;

import dev.reserva.platform.integrity.IntegrityCheck;

/** Financial's invariants, each counted by one statement. */
public final class FinancialChecks {

  private static final String CAPTURED_IS_ON_RECORD =
      """
      with broken as (
        select format('payment %s is %s without a record of who took the money', id, status)
          as violation
        from financial.payments
        where status in ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED')
          and (transaction_id is null or settled_by is null or processed_at is null))
      select (select count(*) from financial.payments) as checked,
        (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  private static final String REFUNDED_WITHIN_CAPTURED =
      """
      with broken as (
        select format('payment %s: refunded %s and owed %s of %s as %s', id, refunded, owed, amount,
            status) as violation
        from financial.payments
        where refunded + owed > amount
          or (refunded + owed > 0 and transaction_id is null)
          or (status = 'REFUNDED') <> (refunded = amount and refunded > 0)
          or (status = 'PARTIALLY_REFUNDED') <> (refunded > 0 and refunded < amount))
      select (select count(*) from financial.payments) as checked,
        (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  private static final String REFUNDS_EQUAL_BOOKS =
      """
      with sums as (
        select payment_id, coalesce(sum(amount) filter (where done_at is not null), 0) as done,
          coalesce(sum(amount) filter (where done_at is null), 0) as owed
        from financial.refunds group by payment_id),
      judged as (
        select p.id, p.refunded, p.owed, coalesce(s.done, 0) as done, coalesce(s.owed, 0) as open
        from financial.payments p left join sums s on s.payment_id = p.id),
      broken as (
        select format('payment %s: refunded %s and owed %s, but its refunds say %s and %s', id,
            refunded, owed, done, open) as violation
        from judged where (refunded, owed) <> (done, open))
      select (select count(*) from judged) as checked, (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  private static final String UNWANTED_MONEY_GOES_BACK =
      """
      with broken as (
        select format('payment %s of order %s is unwanted and %s: refunded %s and owed %s of %s', id,
            order_id, status, refunded, owed, amount) as violation
        from financial.payments
        where unwanted
          and (status = 'REQUESTED' or (transaction_id is not null and refunded + owed <> amount)))
      select (select count(*) from financial.payments where unwanted) as checked,
        (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  // An order keeps the money of one payment. A payment is held only while the one that it replaces
  // is
  // open: the end of that one starts it.
  private static final String ORDERS_ARE_PAID_ONCE =
      """
      with judged as (
        select p.*, p.status = 'REQUESTED' and p.due_at is null as held,
          r.status as replaced_status, r.replaced_by as successor
        from financial.payments p left join financial.payments r on r.id = p.replaces),
      broken as (
        select format('order %s is paid by %s payments', order_id, count(*)) as violation
        from judged where transaction_id is not null and not unwanted
        group by order_id having count(*) > 1
        union all
        select format('payment %s of order %s is held behind payment %s, which is %s and replaced by %s',
            id, order_id, replaces, coalesce(replaced_status, 'absent'), successor)
        from judged
        where held and (replaced_status is distinct from 'PROCESSING' or successor is distinct from id))
      select (select count(distinct order_id) from judged) as checked,
        (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  private FinancialChecks() {}

  /** A payment whose money was taken names the transaction, who decided, and when. */
  public static IntegrityCheck capturedIsOnRecord() {
    return IntegrityCheck.bySql("financial.captured-is-on-record", CAPTURED_IS_ON_RECORD);
  }

  /** For each payment: refunded + owed ≤ amount, and its status says so. */
  public static IntegrityCheck refundedWithinCaptured() {
    return IntegrityCheck.bySql("financial.refunded-within-captured", REFUNDED_WITHIN_CAPTURED);
  }

  /** For each payment: refunded and owed are the sums of its refunds. */
  public static IntegrityCheck refundsEqualBooks() {
    return IntegrityCheck.bySql("financial.refunds-equal-books", REFUNDS_EQUAL_BOOKS);
  }

  /** Whatever was taken for a dead order, or of a replaced payment, is refunded or owed. */
  public static IntegrityCheck unwantedMoneyGoesBack() {
    return IntegrityCheck.bySql("financial.unwanted-money-goes-back", UNWANTED_MONEY_GOES_BACK);
  }

  /** No order is paid twice, and no payment is held for ever. */
  public static IntegrityCheck ordersArePaidOnce() {
    return IntegrityCheck.bySql("financial.orders-are-paid-once", ORDERS_ARE_PAID_ONCE);
  }
}
