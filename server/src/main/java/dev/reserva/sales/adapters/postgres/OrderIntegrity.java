package dev.reserva.sales.adapters.postgres;

import dev.reserva.contracts.SalesEvent;
import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.platform.integrity.IntegrityCheck;
import dev.reserva.platform.integrity.IntegrityCheck.Result;
import dev.reserva.sales.domain.Deadlines;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.OrderTransitions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What must be true of orders at any time, counted live. */
public final class OrderIntegrity {

  /**
   * Events looked at by the check of steps: the newest ones, some seconds of work. Older ones were
   * looked at when they were new.
   */
  static final int MAX_EVENTS = 500_000;

  private static final int PAGE = 1_000;

  /** The database ends a transaction that is idle for ten seconds. */
  private static final String KEEP_ALIVE = "select 1";

  /** An order past its deadline is found at the next step of the worker, which may be busy. */
  static final Duration GRACE = Duration.ofMinutes(1);

  /** An order that moves between five looks is alive and well. */
  private static final int MAX_LOOKS = 5;

  private static final int MAX_DEAD_LETTERS = 2_000;

  private static final String COUNT = "select count(*) as n from sales.order";

  private static final String STATUS_OF = "select id, status from sales.order where id = any(?)";

  private static final String LATE =
      """
      select id, status, updated_at from sales.order
      where under_way_since <= ?
        and updated_at <= case status when 'PENDING' then ?::timestamptz
          when 'PENDING_PAYMENT' then ?::timestamptz else ?::timestamptz end
      order by under_way_since
      """;

  private static final String UNDER_WAY =
      "select count(*) as n from sales.order where under_way_since is not null";

  private static final String WRONG_TOTALS =
      """
      select coalesce(o.id, l.order_id) as id, o.total, coalesce(l.total, 0) as lines
      from sales.order o
      full join (
        select order_id, sum(quantity * unit_price) as total from sales.order_line group by order_id
      ) l on l.order_id = o.id
      where o.total is distinct from l.total
      """;

  private static final String CONFIRMED =
      """
      select count(*) as n from sales.order
      where settled in ('CONFIRMED', 'SHIPPED', 'DELIVERED', 'COMPLETED')
      """;

  private static final String UNFOUNDED =
      """
      select id, status, reservation_status, payment_status from sales.order
      where settled in ('CONFIRMED', 'SHIPPED', 'DELIVERED', 'COMPLETED')
        and (reservation_status is distinct from 'CONFIRMED'
          or payment_status is null
          or payment_status not in ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED'))
      """;

  private static final String KEYED =
      "select count(*) as n from sales.order where request_key is not null";

  // A key is remembered for 24 hours; later it may stand for another order.
  private static final String TWICE =
      """
      select id, earlier from (
        select id, created_at,
          lag(id) over same_key as earlier, lag(created_at) over same_key as earlier_at
        from sales.order where request_key is not null
        window same_key as (partition by request_key order by created_at, id)
      ) placed
      where created_at < earlier_at + interval '24 hours'
      """;

  private final Transactions transactions;
  private final EventLog log;
  private final EventCatalogue catalogue;
  private final DeadLetters deadLetters;
  private final Deadlines deadlines;

  public OrderIntegrity(
      Transactions transactions,
      EventLog log,
      EventCatalogue catalogue,
      DeadLetters deadLetters,
      Deadlines deadlines) {
    this.transactions = transactions;
    this.log = log;
    this.catalogue = catalogue;
    this.deadLetters = deadLetters;
    this.deadlines = deadlines;
  }

  /** Every step in the log is an edge, and each order stands where its last step led. */
  public IntegrityCheck steps() {
    return new IntegrityCheck("sales.steps-follow-the-table", this::checkSteps);
  }

  /** No order is under way past its deadline, unless it waits behind an open dead letter. */
  public IntegrityCheck deadlines() {
    return new IntegrityCheck("sales.no-order-past-its-deadline", this::checkDeadlines);
  }

  /** Each order's total is the sum of its lines. */
  public IntegrityCheck totals() {
    return new IntegrityCheck("sales.totals-equal-lines", OrderIntegrity::checkTotals);
  }

  /** A confirmed order has its stock for good and its payment. */
  public IntegrityCheck foundations() {
    return new IntegrityCheck(
        "sales.confirmed-is-reserved-and-paid", OrderIntegrity::checkFoundations);
  }

  /** One order per caller and Idempotency-Key. */
  public IntegrityCheck keys() {
    return new IntegrityCheck("sales.one-order-per-idempotency-key", OrderIntegrity::checkKeys);
  }

  private static Result checkTotals(UnitOfWork snapshot) {
    List<String> wrong =
        Statements.of(snapshot)
            .query(
                WRONG_TOTALS,
                row ->
                    "order %s has total %s, its lines %s"
                        .formatted(
                            row.getString("id"), row.getString("total"), row.getString("lines")));
    return new Result(count(snapshot, COUNT), wrong.size(), wrong);
  }

  private static Result checkFoundations(UnitOfWork snapshot) {
    List<String> unfounded =
        Statements.of(snapshot)
            .query(
                UNFOUNDED,
                row ->
                    "order %s is %s with its reservation %s and its payment %s"
                        .formatted(
                            row.getString("id"),
                            row.getString("status"),
                            row.getString("reservation_status"),
                            row.getString("payment_status")));
    return new Result(count(snapshot, CONFIRMED), unfounded.size(), unfounded);
  }

  private static Result checkKeys(UnitOfWork snapshot) {
    List<String> twice =
        Statements.of(snapshot)
            .query(
                TWICE,
                row ->
                    "orders %s and %s were placed by one request"
                        .formatted(row.getString("earlier"), row.getString("id")));
    return new Result(count(snapshot, KEYED), twice.size(), twice);
  }

  private record Late(UUID id, String status, Instant updatedAt) {}

  private Result checkDeadlines(UnitOfWork snapshot) {
    Instant now = snapshot.now().minus(GRACE);
    List<Late> late =
        Statements.of(snapshot)
            .query(
                LATE,
                row ->
                    new Late(
                        Rows.uuid(row, "id"),
                        row.getString("status"),
                        Rows.instant(row, "updated_at")),
                now.minus(deadlines.shortest()),
                now.minus(deadlines.pending()),
                now.minus(deadlines.pendingPayment()),
                now.minus(deadlines.paid()));
    Map<UUID, DeadLetter> heads = late.isEmpty() ? Map.of() : openDeadLettersByKey();
    var violations = new ArrayList<String>();
    var excused = new ArrayList<String>();
    for (Late order : late) {
      DeadLetter head = heads.get(order.id());
      if (head == null) {
        violations.add(
            "order %s is %s since %s".formatted(order.id(), order.status(), order.updatedAt()));
      } else {
        excused.add(
            "not counted: order %s is %s since %s behind dead letter %s of %s"
                .formatted(
                    order.id(), order.status(), order.updatedAt(), head.id(), head.subscription()));
      }
    }
    int violated = violations.size();
    violations.addAll(excused);
    return new Result(count(snapshot, UNDER_WAY), violated, violations);
  }

  private Map<UUID, DeadLetter> openDeadLettersByKey() {
    var byKey = new HashMap<UUID, DeadLetter>();
    UUID before = null;
    for (int read = 0; read < MAX_DEAD_LETTERS; read += PAGE) {
      List<DeadLetter> page = deadLetters.list(before, PAGE);
      page.forEach(letter -> byKey.putIfAbsent(letter.event().key(), letter));
      if (page.size() < PAGE) {
        break;
      }
      before = page.getLast().id();
    }
    return byKey;
  }

  /** The last step of each order that the part of the log looked at tells of. */
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
      Statements.of(snapshot).query(KEEP_ALIVE, row -> true);
      EventLog.Found found = log.search(EventLog.Filter.ANY, next, PAGE);
      for (EventLog.Entry entry : found.entries()) {
        if (entry.position() <= end) {
          step(entry.event())
              .ifPresent(step -> walk.step(step.orderId(), entry.event(), step.from(), step.to()));
        }
      }
      next = found.next();
    }
    compareWithOrders(walk, snapshot);
    walk.violations.addAll(walk.excused);
    return new Result(walk.steps, walk.violated, walk.violations);
  }

  private void compareWithOrders(Walk walk, UnitOfWork snapshot) {
    List<UUID> ids = List.copyOf(walk.last.keySet());
    for (int start = 0; start < ids.size(); start += PAGE) {
      List<UUID> page = ids.subList(start, Math.min(ids.size(), start + PAGE));
      Map<UUID, String> statuses = statuses(page, snapshot);
      for (UUID id : page) {
        if (!walk.last.getOrDefault(id, "").equals(statuses.get(id))) {
          compareAlone(id, walk);
        }
      }
    }
  }

  /**
   * The order moved on while we looked, or it contradicts its log. Read between two looks at its
   * log that show the same, its state is comparable. An event that somebody published by hand may
   * tell of an order that never was: it is named, but breaks nothing.
   */
  private void compareAlone(UUID id, Walk walk) {
    for (int attempt = 0; attempt < MAX_LOOKS; attempt++) {
      Optional<String> before = lastStep(id);
      Optional<String> status =
          transactions.snapshot(fresh -> Optional.ofNullable(statuses(List.of(id), fresh).get(id)));
      if (before.equals(lastStep(id))) {
        if (status.isEmpty()) {
          walk.excused.add("not counted: the log tells of order %s, which is none".formatted(id));
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
      for (EventLog.Entry entry : page) {
        after = entry.position();
        Optional<SalesEvent> step = step(entry.event());
        if (step.isPresent()) {
          last = step.map(SalesEvent::to);
        }
      }
      if (page.size() < PAGE) {
        return last;
      }
    }
  }

  /** The step that an event records; empty when it is another service's, or cannot be read. */
  private Optional<SalesEvent> step(Event event) {
    if (!event.context().equals("sales")) {
      return Optional.empty();
    }
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

  private static long count(UnitOfWork tx, String sql) {
    return Statements.of(tx).query(sql, row -> row.getLong("n")).getFirst();
  }
}
