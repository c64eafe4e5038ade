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
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells an order's history from the log: every event about it, whoever published it. */
public final class TellHistory {

  private final EventLog log;
  private final EventCatalogue catalogue;
  private final ManualEvents manualEvents;

  public TellHistory(EventLog log, EventCatalogue catalogue, ManualEvents manualEvents) {
    this.log = log;
    this.catalogue = catalogue;
    this.manualEvents = manualEvents;
  }

  /** Tells which events somebody published by hand: they are no steps of an order. */
  @FunctionalInterface
  public interface ManualEvents {
    Set<UUID> among(Collection<UUID> eventIds);
  }

  /**
   * @param position the event's place in the log
   * @param from the order's state before, where the event is a step of it
   * @param to the order's state after, where the event is a step of it
   * @param reason why, where the event says so
   * @param byHand whether somebody published the event by hand; then it is no step of the order
   */
  public record Chapter(
      long position,
      Instant at,
      UUID eventId,
      String type,
      @Nullable String from,
      @Nullable String to,
      @Nullable String reason,
      @Nullable UUID causationId,
      boolean byHand) {}

  /**
   * Oldest first.
   *
   * @param after position to continue after; 0 for the beginning
   */
  public List<Chapter> of(UUID orderId, long after, int limit) {
    List<EventLog.Entry> entries = log.ofKey(orderId, after, limit);
    Set<UUID> manual =
        manualEvents.among(entries.stream().map(entry -> entry.event().id()).toList());
    return entries.stream()
        .map(entry -> chapter(entry, manual.contains(entry.event().id())))
        .toList();
  }

  private Chapter chapter(EventLog.Entry entry, boolean byHand) {
    Event event = entry.event();
    String from = null;
    String to = null;
    String reason = null;
    switch (byHand ? null : readable(event)) {
      case SalesEvent step -> {
        from = step.from();
        to = step.to();
        reason = step instanceof OrderCancelled cancelled ? cancelled.reason() : null;
      }
      case StockReleased released -> reason = released.reason();
      case PaymentFailed failed -> reason = failed.failure();
      case PaymentCancelled cancelled -> reason = cancelled.reason();
      case null, default -> {
        // Of other services' events, only the type is shown.
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
        event.causationId(),
        byHand);
  }

  /**
   * The payload; null when it cannot be read, as in a drill. The event belongs to the history all
   * the same.
   */
  private @Nullable Object readable(Event event) {
    try {
      return catalogue.payload(event);
    } catch (Unprocessable notReadable) {
      return null;
    }
  }
}
