package dev.reserva.contracts;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Facts of the notifications service; keyed by message. No address and no text of a message is in
 * them. They name the order {@code aboutOrderId}, because a member {@code orderId} is a key.
 */
public sealed interface NotificationsEvent {

  UUID messageId();

  /** What the message tells, such as {@code order-shipped}; {@code manual} for one by hand. */
  String template();

  /** The order that the message is about. */
  @Nullable UUID aboutOrderId();

  /** The customer whom the message is for. */
  @Nullable UUID customerId();

  /** {@code notifications.email.sent}: the mail server has taken the message. */
  record EmailSent(
      UUID messageId, String template, @Nullable UUID aboutOrderId, @Nullable UUID customerId)
      implements NotificationsEvent {}

  /** {@code notifications.sms.sent}: the provider has taken the message. */
  record SmsSent(
      UUID messageId, String template, @Nullable UUID aboutOrderId, @Nullable UUID customerId)
      implements NotificationsEvent {}

  /** {@code notifications.push.sent}: the provider has taken the message. */
  record PushSent(
      UUID messageId, String template, @Nullable UUID aboutOrderId, @Nullable UUID customerId)
      implements NotificationsEvent {}

  /**
   * {@code notifications.delivery.failed}: the message is given up.
   *
   * @param channel {@code email}, {@code sms} or {@code push}
   * @param reason such as {@code no_address} or {@code rejected}
   */
  record DeliveryFailed(
      UUID messageId,
      String channel,
      String template,
      @Nullable UUID aboutOrderId,
      @Nullable UUID customerId,
      String reason)
      implements NotificationsEvent {}
}
