package dev.reserva.notifications.application;

import dev.reserva.contracts.NotificationsEvent.DeliveryFailed;
import dev.reserva.contracts.NotificationsEvent.EmailSent;
import dev.reserva.contracts.NotificationsEvent.PushSent;
import dev.reserva.contracts.NotificationsEvent.SmsSent;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.application.Messages.Claimed;
import dev.reserva.notifications.application.Messages.Settled;

/** The events about messages. */
final class Announcements {

  private Announcements() {}

  static void ended(Claimed message, Settled settled, UnitOfWork tx) {
    switch (settled) {
      case Settled.Sent _ -> tx.publish(sent(message), message.cause());
      case Settled.Failed failed ->
          tx.publish(
              new DeliveryFailed(
                  message.id(),
                  message.channel().wire(),
                  message.template(),
                  message.orderId(),
                  message.customerId(),
                  failed.failure().wire()),
              message.cause());
      case Settled.Skipped _, Settled.Postponed _ -> {
        // Nothing has left, and nothing is given up.
      }
    }
  }

  private static Object sent(Claimed message) {
    return switch (message.channel()) {
      case EMAIL ->
          new EmailSent(message.id(), message.template(), message.orderId(), message.customerId());
      case SMS ->
          new SmsSent(message.id(), message.template(), message.orderId(), message.customerId());
      case PUSH ->
          new PushSent(message.id(), message.template(), message.orderId(), message.customerId());
    };
  }
}
