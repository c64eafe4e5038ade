package dev.reserva.notifications.adapters.postgres;

import dev.reserva.platform.integrity.IntegrityCheck;

/** Notifications' invariants, each counted by one statement. */
public final class MessageChecks {

  private static final String ONE_PER_RECIPIENT =
      """
      with broken as (
        select format('%s about %s went %s times by %s', template, occurrence, count(*), channel) as violation
        from notifications.message
        group by occurrence, template, channel, recipient
        having count(*) > 1)
      select (select count(*) from notifications.message) as checked, (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  private static final String SENT_BY_AN_ATTEMPT =
      """
      with broken as (
        select format('message %s is SENT without an attempt', id) as violation
        from notifications.message where status = 'SENT' and attempts = 0)
      select (select count(*) from notifications.message where status = 'SENT') as checked, (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  // A day: longer than any pause between attempts, and than the night of quiet hours.
  private static final String NONE_LEFT_BEHIND =
      """
      with pending as (
        select id, due_at from notifications.message where status = 'PENDING'),
      broken as (
        select format('message %s has been due since %s', id, due_at) as violation
        from pending where due_at < now() - interval '1 day')
      select (select count(*) from pending) as checked, (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  private MessageChecks() {}

  /** There is one message for each occurrence, template, channel and recipient. */
  public static IntegrityCheck onePerRecipient() {
    return IntegrityCheck.bySql("notifications.one-message-per-recipient", ONE_PER_RECIPIENT);
  }

  /** What is sent was attempted. */
  public static IntegrityCheck sentByAnAttempt() {
    return IntegrityCheck.bySql("notifications.sent-by-an-attempt", SENT_BY_AN_ATTEMPT);
  }

  /** No message has been due for longer than a day. */
  public static IntegrityCheck noneLeftBehind() {
    return IntegrityCheck.bySql("notifications.none-left-behind", NONE_LEFT_BEHIND);
  }
}
