package dev.reserva.sales.adapters.postgres;

import dev.reserva.contracts.SalesEvent;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.platform.events.ManualEvents;
import dev.reserva.platform.integrity.IntegrityCheck;
import dev.reserva.platform.integrity.IntegrityCheck.Result;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.OrderTransitions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Every step in the log is an edge, and each order stands where its last step led. Reads the newest
 * part of the log, then the orders. An event that was published by hand is no step.
 */
public final class OrderStepsCheck {

  /**
   * Events that are checked: the newest ones, some seconds of work. Older ones were checked when
   * they were new.
   */
  static final int MAX_EVENTS = 500_000;

  private static final int PAGE = 1_000;

  /** An order that moves between five reads counts as consistent. */
  private static final int MAX_LOOKS = 5;

  private static final String STATUS_OF = "select id, status from sales.order where id = any(?)";

  /**
   * Sent while the log is read on other connections: the database ends a transaction that is idle
   * for ten seconds.
   */
  private static final String KEEP_ALIVE = "select 1";

  private final Transactions transactions;
  private final EventLog log;
  private final EventCatalogue catalogue;
  private final ManualEvents manualEvents;

  public OrderStepsCheck(
      Transactions transactions,
      EventLog log,
      EventCatalogue catalogue,
      ManualEvents manualEvents) {
    this.transactions = transactions;
    this.log = log;
    this.catalogue = catalogue;
    this.manualEvents = manualEvents;
  }

  public IntegrityCheck check() {
    return new IntegrityCheck("sales.steps-follow-the-table", this::checkSteps);
  }

  /** The last step of each order in the part of the log that is read. */
  private static final class Walk {
    private final Map<UUID, String> last = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final List<String> excused = new ArrayList<>();
    private long steps;
    private long violated;

    void step(UUID orderId, Event event, @Nullable String from, String to) {
      steps++;
      String before = last.put(orderId, to);
      if (!isEdge(from, to)) {
        violation(
            "event %s moves order %s from %s to %s, which is no edge"
                .formatted(event.id(), orderId, from, to));
      } else if (before != null && !before.equals(from)) {
        violation(
            "event %s moves order %s from %s, its last step led to %s"
                .formatted(event.id(), orderId, from, before));
      }
    }

    void violation(String text) {
      violated++;
      if (violations.size() < IntegrityCheck.MAX_LISTED) {
        violations.add(text);
      }
    }

    private static boolean isEdge(@Nullable String from, String to) {
      Optional<OrderStatus> before = from == null ? Optional.empty() : status(from);
      return (from == null || before.isPresent())
          && status(to)
              .filter(after -> OrderTransitions.isEdge(before.orElse(null), after))
              .isPresent();
    }

    private static Optional<OrderStatus> status(String name) {
      return Arrays.stream(OrderStatus.values())
          .filter(status -> status.name().equals(name))
          .findFirst();
    }
  }

  private Result checkSteps(UnitOfWork snapshot) {
    var walk = new Walk();
    long end = log.end();
    Long next = Math.max(log.start() - 1, end - MAX_EVENTS);
    while (next != null && next < end) {
      keepAlive(snapshot);
      EventLog.Found found = log.search(EventLog.Filter.ANY, next, PAGE);
      for (Event event : ofServices(found.entries(), end)) {
        step(event).ifPresent(step -> walk.step(step.orderId(), event, step.from(), step.to()));
      }
      next = found.next();
    }
    compareWithOrders(walk, snapshot);
    walk.violations.addAll(walk.excused);
    return new Result(walk.steps, walk.violated, walk.violations);
  }

  private static void keepAlive(UnitOfWork snapshot) {
    Statements.of(snapshot).query(KEEP_ALIVE, row -> true);
  }

  private void compareWithOrders(Walk walk, UnitOfWork snapshot) {
    List<UUID> ids = List.copyOf(walk.last.keySet());
    for (int start = 0; start < ids.size(); start += PAGE) {
      List<UUID> page = ids.subList(start, Math.min(ids.size(), start + PAGE));
      Map<UUID, String> statuses = statuses(page, snapshot);
      for (UUID id : page) {
        if (!walk.last.getOrDefault(id, "").equals(statuses.get(id))) {
          keepAlive(snapshot);
          compareAlone(id, walk);
        }
      }
    }
  }

  /**
   * Compares one order with its log. The order may have moved since the log was read, so its state
   * is read between two reads of its log that agree. An order that exists only in the log is named
   * and does not count as a violation.
   */
  private void compareAlone(UUID id, Walk walk) {
    for (int attempt = 0; attempt < MAX_LOOKS; attempt++) {
      Optional<String> before = lastStep(id);
      Optional<String> status =
          transactions.snapshot(fresh -> Optional.ofNullable(statuses(List.of(id), fresh).get(id)));
      if (before.equals(lastStep(id))) {
        if (status.isEmpty()) {
          walk.excused.add("not counted: order %s is in the log but does not exist".formatted(id));
        } else if (before.isPresent() && !before.equals(status)) {
          walk.violation(
              "order %s is %s, its last step led to %s".formatted(id, status.get(), before.get()));
        }
        return;
      }
    }
  }

  private Optional<String> lastStep(UUID id) {
    Optional<String> last = Optional.empty();
    long after = 0;
    while (true) {
      List<EventLog.Entry> page = log.ofKey(id, after, PAGE);
      for (Event event : ofServices(page, Long.MAX_VALUE)) {
        Optional<SalesEvent> step = step(event);
        if (step.isPresent()) {
          last = step.map(SalesEvent::to);
        }
      }
      if (page.size() < PAGE) {
        return last;
      }
      after = page.getLast().position();
    }
  }

  /** The events of sales up to a position, without those that were published by hand. */
  private List<Event> ofServices(List<EventLog.Entry> entries, long end) {
    List<Event> ofSales =
        entries.stream()
            .filter(entry -> entry.position() <= end)
            .map(EventLog.Entry::event)
            .filter(event -> event.context().equals("sales"))
            .toList();
    Set<UUID> manual = manualEvents.among(ofSales.stream().map(Event::id).toList());
    return ofSales.stream().filter(event -> !manual.contains(event.id())).toList();
  }

  /** The step that an event records; empty when it cannot be read. */
  private Optional<SalesEvent> step(Event event) {
    try {
      return catalogue.payload(event) instanceof SalesEvent step
          ? Optional.of(step)
          : Optional.empty();
    } catch (Unprocessable unreadable) {
      return Optional.empty();
    }
  }

  private static Map<UUID, String> statuses(List<UUID> ids, UnitOfWork tx) {
    var statuses = new HashMap<UUID, String>();
    Statements.of(tx)
        .query(
            STATUS_OF,
            row -> Map.entry(Rows.uuid(row, "id"), row.getString("status")),
            (Object) ids.toArray(UUID[]::new))
        .forEach(entry -> statuses.put(entry.getKey(), entry.getValue()));
    return statuses;
  }
}
