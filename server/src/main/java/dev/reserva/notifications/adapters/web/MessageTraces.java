package dev.reserva.notifications.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.notifications.application.FindMessages;
import dev.reserva.notifications.application.History;
import dev.reserva.notifications.domain.Failure;
import dev.reserva.notifications.domain.Status;
import dev.reserva.platform.timeline.OrderTraces;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages about an order, without their recipients and words. */
public final class MessageTraces implements OrderTraces {

  private final FindMessages findMessages;

  public MessageTraces(FindMessages findMessages) {
    this.findMessages = findMessages;
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Message(
      UUID notificationId,
      String type,
      String template,
      String status,
      String trigger,
      @Nullable String failure) {}

  @Override
  public String service() {
    return "notifications";
  }

  @Override
  public List<Trace> of(UUID orderId, int limit) {
    return findMessages.list(new History.Filter(orderId, null, null, null), null, limit).stream()
        .map(MessageTraces::trace)
        .toList();
  }

  private static Trace trace(History.Entry entry) {
    Failure failure = entry.failure();
    String channel = entry.channel().wire();
    String status = entry.status().name().toLowerCase(Locale.ROOT);
    return new Trace(
        entry.sentAt() == null ? entry.createdAt() : entry.sentAt(),
        Kind.NOTIFICATION,
        entry.id().toString(),
        entry.trigger(),
        null,
        null,
        entry.status() == Status.PENDING || failure == null
            ? "%s %s: %s.".formatted(channel, entry.template(), status)
            : "%s %s: %s, %s.".formatted(channel, entry.template(), status, failure.wire()),
        new Message(
            entry.id(),
            channel,
            entry.template(),
            entry.status().name(),
            entry.trigger(),
            failure == null ? null : failure.wire()));
  }
}
