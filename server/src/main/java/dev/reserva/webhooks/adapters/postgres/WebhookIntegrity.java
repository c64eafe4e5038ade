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

  private WebhookIntegrity() {}

  /** A delivered delivery has an attempt that was answered with 2xx. */
  public static IntegrityCheck deliveredHasSuccess() {
    return IntegrityCheck.bySql("webhooks.delivered-has-success", DELIVERED_HAS_SUCCESS);
  }

  /** Every attempt of a delivery is logged. */
  public static IntegrityCheck attemptsAddUp() {
    return IntegrityCheck.bySql("webhooks.attempts-add-up", ATTEMPTS_ADD_UP);
  }
}
