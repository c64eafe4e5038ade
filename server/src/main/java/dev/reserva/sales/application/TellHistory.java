package dev.reserva.sales.application;

import dev.reserva.contracts.FinancialEvent.PaymentCancelled;
import dev.reserva.contracts.FinancialEvent.PaymentFailed;
import dev.reserva.contracts.InventoryEvent.StockReleased;
import dev.reserva.contracts.SalesEvent;
import dev.reserva.contracts.SalesEvent.OrderCancelled;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Unprocessable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells an order's story from the log: everything that any service published about it. */
public final class TellHistory {

  private final EventLog log;
  private final EventCatalogue catalogue;

  public TellHistory(EventLog log, EventCatalogue catalogue) {
    this.log = log;
    this.catalogue = catalogue;
  }

  /**
   * @param position the event's place in the log
   * @param from the order's state before, where the event is a step of it
   * @param to the order's state after, where the event is a step of it
   * @param reason why, where the event says so
   */
  public record Chapter(
      long position,
      Instant at,
      UUID eventId,
      String type,
      @Nullable String from,
      @Nullable String to,
      @Nullable String reason,
      @Nullable UUID causationId) {}

  /**
   * Oldest first.
   *
   * @param after position to continue after; 0 for the beginning
   */
  public List<Chapter> of(UUID orderId, long after, int limit) {
    return log.ofKey(orderId, after, limit).stream().map(this::chapter).toList();
  }

  private Chapter chapter(EventLog.Entry entry) {
    Event event = entry.event();
    String from = null;
    String to = null;
    String reason = null;
    switch (readable(event)) {
      case SalesEvent step -> {
        from = step.from();
        to = step.to();
        reason = step instanceof OrderCancelled cancelled ? cancelled.reason() : null;
      }
      case StockReleased released -> reason = released.reason();
      case PaymentFailed failed -> reason = failed.failure();
      case PaymentCancelled cancelled -> reason = cancelled.reason();
      case null, default -> {
        // Other services' events are told by their type alone.
      }
    }
    return new Chapter(
        entry.position(),
        event.time(),
        event.id(),
        event.type(),
        from,
        to,
        reason,
        event.causationId());
  }

  /** The payload; null when it is none, as of a drill's event: it belongs to the story anyway. */
  private @Nullable Object readable(Event event) {
    try {
      return catalogue.payload(event);
    } catch (Unprocessable notReadable) {
      return null;
    }
  }
}
