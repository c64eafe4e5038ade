package dev.reserva.operations.application;

import static dev.reserva.operations.application.SystemOrders.MOST;

import dev.reserva.messaging.DeadLetters.Action;
import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.DeadLetters.Detail;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.ParkedEvents.Parked;
import dev.reserva.operations.application.LogPart.LogEntry;
import dev.reserva.operations.application.ManualPublications.ManualPublication;
import dev.reserva.operations.application.OrderCommands.Command;
import dev.reserva.operations.application.SystemOrders.Log;
import dev.reserva.operations.application.SystemOrders.Records;
import dev.reserva.operations.application.SystemOrders.ServiceRecord;
import dev.reserva.operations.domain.CausalOrder;
import dev.reserva.operations.domain.TimelineEntry;
import dev.reserva.operations.domain.TimelineKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads all that happened to one order, from every service: commands of staff, events, records,
 * retries and dead letters, causes before effects.
 *
 * <p>A command comes from the audit trail, which operations keeps a moment after the command. What
 * a customer does without staff is no command there; its event shows it. A retry that was handled
 * leaves nothing but its effect.
 */
public final class ReadTimeline {

  private static final String OPERATIONS = "operations";

  private final SystemOrders system;
  private final OrderCommands commands;
  private final Function<Object, String> json;

  /**
   * @param json writes facts as JSON text
   */
  public ReadTimeline(SystemOrders system, OrderCommands commands, Function<Object, String> json) {
    this.system = system;
    this.commands = commands;
    this.json = json;
  }

  /**
   * @param entries causes before effects
   * @param truncated whether the order has more than is read of one order
   */
  public record Timeline(List<TimelineEntry> entries, boolean truncated) {
    public Timeline {
      entries = List.copyOf(entries);
    }
  }

  /** Facts of a parked event. */
  record Waits(
      UUID eventId,
      String eventType,
      String subscription,
      String state,
      int attempts,
      @Nullable Instant dueAt,
      @Nullable String errorType,
      @Nullable String errorMessage) {}

  /** Facts of a dead letter. */
  record GivenUp(
      UUID deadLetterId,
      UUID eventId,
      String eventType,
      String subscription,
      String status,
      int attempts,
      String errorType,
      String errorMessage,
      @Nullable String reason) {}

  /**
   * @return empty if no service knows the order
   */
  public Optional<Timeline> of(UUID orderId) {
    List<TimelineEntry> entries = new ArrayList<>();
    boolean exists = false;
    boolean truncated = false;
    for (Records part : system.records(orderId)) {
      part.records().forEach(record -> entries.add(entry(part.database(), record)));
      exists |= part.exists();
      truncated |= part.truncated();
    }
    for (Log log : system.logs(orderId)) {
      add(log, entries);
      truncated |= log.truncated();
    }
    if (!exists && entries.isEmpty()) {
      return Optional.empty();
    }
    List<Command> given = commands.about(subjects(orderId, entries), MOST);
    given.forEach(command -> entries.add(entry(command)));
    List<TimelineEntry> ordered = CausalOrder.of(entries);
    boolean cut = ordered.size() > MOST;
    return Optional.of(
        new Timeline(
            cut ? ordered.subList(0, MOST) : ordered, truncated || cut || given.size() == MOST));
  }

  /** The order and what belongs to it: commands name payments, returns, shipments. */
  private static Set<String> subjects(UUID orderId, List<TimelineEntry> entries) {
    Set<String> subjects = new LinkedHashSet<>();
    subjects.add(orderId.toString());
    entries.stream()
        .filter(entry ->
            switch (entry.kind()) {
              case PAYMENT, REFUND, SHIPMENT, RETURN, DEAD_LETTER -> true;
              case COMMAND, EVENT, STOCK, RETRY, NOTIFICATION, WEBHOOK -> false;
            })
        .map(TimelineEntry::id)
        .forEach(subjects::add);
    return subjects;
  }

  private static TimelineEntry entry(String database, ServiceRecord record) {
    return new TimelineEntry(
        database,
        record.at(),
        record.kind(),
        record.service(),
        record.id(),
        record.type(),
        0,
        null,
        record.causationId(),
        record.actor(),
        record.summary(),
        record.data());
  }

  private TimelineEntry entry(Command command) {
    return new TimelineEntry(
        "",
        command.at(),
        TimelineKind.COMMAND,
        Event.contextOf(command.action()),
        command.id(),
        command.action(),
        0,
        command.correlationId(),
        null,
        command.actor(),
        "%s called %s.".formatted(command.actor(), command.action()),
        json.apply(command.facts()));
  }

  private void add(Log log, List<TimelineEntry> entries) {
    log.events().forEach(event -> entries.add(entry(log.database(), event)));
    log.parked().stream()
        .filter(parked -> log.deadLetters().stream().noneMatch(it -> isSame(it, parked)))
        .forEach(parked -> entries.add(entry(log.database(), parked)));
    for (Detail detail : log.deadLetters()) {
      detail.actions().forEach(action -> entries.add(entry(log.database(), detail, action)));
    }
  }

  /** A dead letter that is open is told once. One that is retried waits as well. */
  private static boolean isSame(Detail detail, Parked parked) {
    return detail.letter().id().equals(parked.id()) && detail.status().equals("OPEN");
  }

  private static TimelineEntry entry(String database, LogEntry logged) {
    Event event = logged.event();
    ManualPublication byHand = logged.byHand();
    return new TimelineEntry(
        database,
        event.time(),
        TimelineKind.EVENT,
        event.context(),
        event.id().toString(),
        event.type(),
        logged.position(),
        event.correlationId(),
        event.causationId(),
        byHand == null ? null : byHand.by(),
        byHand == null
            ? words(event.type()) + "."
            : "%s, published by hand by %s.".formatted(words(event.type()), byHand.by()),
        event.data());
  }

  /** {@code Order payment pending} of {@code sales.order.payment_pending}. */
  private static String words(String type) {
    String words = type.substring(type.indexOf('.') + 1).replace('.', ' ').replace('_', ' ');
    return words.isEmpty() ? type : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private TimelineEntry entry(String database, Parked parked) {
    Event event = parked.event();
    var error = parked.error();
    return new TimelineEntry(
        database,
        error == null ? event.time() : error.since(),
        TimelineKind.RETRY,
        parked.subscription(),
        parked.id().toString(),
        "messaging.event." + parked.state().name().toLowerCase(Locale.ROOT),
        0,
        null,
        event.id(),
        null,
        switch (parked.state()) {
          case WAITING ->
              "%s waits in %s behind an earlier event of its key."
                  .formatted(event.type(), parked.subscription());
          case RETRYING ->
              "%s failed in %s and is due again at %s; attempts so far: %d."
                  .formatted(
                      event.type(), parked.subscription(), parked.dueAt(), parked.attempts());
          case DEAD ->
              "%s waits in %s to be decided.".formatted(event.type(), parked.subscription());
        },
        json.apply(
            new Waits(
                event.id(),
                event.type(),
                parked.subscription(),
                parked.state().name(),
                parked.attempts(),
                parked.dueAt(),
                error == null ? null : error.type(),
                error == null ? null : error.message())));
  }

  private TimelineEntry entry(String database, Detail detail, Action action) {
    DeadLetter letter = detail.letter();
    boolean retried = action.kind().equals("retried");
    boolean made = action.kind().equals("dead_lettered");
    return new TimelineEntry(
        database,
        action.at(),
        retried ? TimelineKind.RETRY : TimelineKind.DEAD_LETTER,
        letter.subscription(),
        letter.id().toString(),
        OPERATIONS + ".message." + action.kind(),
        0,
        null,
        letter.event().id(),
        made ? null : action.by(),
        made
            ? "%s became a dead letter of %s: %s."
                .formatted(letter.event().type(), letter.subscription(), letter.errorType())
            : "%s %s the dead letter %s of %s."
                .formatted(
                    action.by(), action.kind(), letter.event().type(), letter.subscription()),
        json.apply(
            new GivenUp(
                letter.id(),
                letter.event().id(),
                letter.event().type(),
                letter.subscription(),
                detail.status(),
                letter.attempts(),
                letter.errorType(),
                letter.errorMessage(),
                made ? null : action.reason())));
  }
}
