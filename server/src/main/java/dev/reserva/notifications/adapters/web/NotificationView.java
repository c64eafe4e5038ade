package dev.reserva.notifications.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.notifications.application.History;
import dev.reserva.notifications.application.NewMessage;
import dev.reserva.notifications.domain.Status;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message, as answers show it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record NotificationView(
    UUID id,
    @Schema(allowableValues = {"email", "sms", "push"}) String type,
    @Schema(description = "Empty until the message is composed, and once its customer is erased.")
        String recipient,
    String subject,
    String content,
    @Schema(allowableValues = {"PENDING", "SENT", "FAILED", "SKIPPED"}) String status,
    @Schema(description = "Type of the event that it tells; manual for one by hand.")
        String trigger,
    @Schema(description = "manual or news if its words were written by hand.") String template,
    @Nullable UUID orderId,
    @Nullable UUID customerId,
    @Schema(description = "Why it was given up or skipped.") @Nullable String failure,
    Instant createdAt,
    @Nullable Instant sentAt) {

  static NotificationView of(History.Entry entry) {
    return new NotificationView(
        entry.id(),
        entry.channel().wire(),
        entry.recipient(),
        entry.subject(),
        entry.content(),
        entry.status().name(),
        entry.trigger(),
        entry.template(),
        entry.orderId(),
        entry.customerId(),
        entry.failure() == null ? null : entry.failure().wire(),
        entry.createdAt(),
        entry.sentAt());
  }

  /** A message that was just taken. */
  static NotificationView of(NewMessage message) {
    return new NotificationView(
        message.id(),
        message.channel().wire(),
        message.recipient().equals(NewMessage.CUSTOMER) ? "" : message.recipient(),
        "",
        "",
        Status.PENDING.name(),
        message.trigger(),
        message.template(),
        message.orderId(),
        message.customerId(),
        null,
        message.createdAt(),
        null);
  }
}
