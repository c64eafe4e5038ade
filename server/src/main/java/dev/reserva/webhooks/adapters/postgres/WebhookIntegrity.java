package dev.reserva.webhooks.adapters.postgres;

import dev.reserva.platform.integrity.IntegrityCheck;

/** Invariants of webhooks, each counted by one statement. */
public final class WebhookIntegrity {

  private static final String DELIVERED_HAS_SUCCESS =
      """
      with ended as (
        select d.id, exists (
          select 1 from webhooks.attempt a where a.delivery_id = d.id and a.status between 200 and 299) as answered
        from webhooks.delivery d where d.status = 'DELIVERED'),
      broken as (
        select format('delivery %s is DELIVERED without a successful attempt', id) as violation
        from ended where not answered)
      select (select count(*) from ended) as checked, (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  private static final String ATTEMPTS_ADD_UP =
      """
      with counted as (
        select d.id, d.attempts, (select count(*) from webhooks.attempt a where a.delivery_id = d.id) as logged
        from webhooks.delivery d),
      broken as (
        select format('delivery %s counts %s attempts, %s are logged', id, attempts, logged) as violation
        from counted where attempts <> logged)
      select (select count(*) from counted) as checked, (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  // A backlog is no violation while its endpoint is attempted.
  private static final String NOTHING_FORGOTTEN =
      """
      with waiting as (
        select e.id, d.id as delivery_id, d.due_at
        from webhooks.endpoint e
        cross join lateral (
          select d.id, d.due_at from webhooks.delivery d
          where d.endpoint_id = e.id and d.status = 'PENDING' and (e.state = 'ACTIVE' or d.kind = 'TEST')
            and not (e.ordered and d.kind = 'EVENT' and exists (
              select 1 from webhooks.delivery p
              where p.endpoint_id = e.id and p.key = d.key and p.status = 'PENDING' and p.kind = 'EVENT'
                and p.position < d.position))
          order by d.due_at limit 1) d
        where e.state <> 'DISABLED'),
      forgotten as (
        select format('delivery %s of endpoint %s is due since %s, and nothing is attempted', delivery_id, id, due_at) as violation
        from waiting w
        where w.due_at < clock_timestamp() - interval '10 minutes'
          and not exists (
            select 1 from webhooks.delivery l
            where l.endpoint_id = w.id and l.status = 'PENDING' and l.leased_until > clock_timestamp())
          and not exists (
            select 1 from webhooks.attempt a join webhooks.delivery d on d.id = a.delivery_id
            where d.endpoint_id = w.id and a.at > clock_timestamp() - interval '10 minutes'))
      select (select count(*) from waiting) as checked, (select count(*) from forgotten) as violated,
        array(select violation from forgotten limit ?) as violations
      """;

  private WebhookIntegrity() {}

  /** A delivered delivery has an attempt that was answered with 2xx. */
  public static IntegrityCheck deliveredHasSuccess() {
    return IntegrityCheck.bySql("webhooks.delivered-has-success", DELIVERED_HAS_SUCCESS);
  }

  /** No delivery of an enabled endpoint is due for long while nothing is attempted there. */
  public static IntegrityCheck nothingForgotten() {
    return IntegrityCheck.bySql("webhooks.no-delivery-overdue", NOTHING_FORGOTTEN);
  }

  /** Every attempt of a delivery is logged. */
  public static IntegrityCheck attemptsAddUp() {
    return IntegrityCheck.bySql("webhooks.attempts-add-up", ATTEMPTS_ADD_UP);
  }
}
