package dev.reserva.sales.adapters.postgres;

import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.platform.integrity.IntegrityCheck;
import dev.reserva.platform.integrity.IntegrityCheck.Result;
import dev.reserva.sales.domain.Deadlines;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What must be true of orders at any time, counted live in their tables. {@link OrderStepsCheck}
 * compares them with the log.
 */
public final class OrderIntegrity {

  private static final int PAGE = 1_000;

  /** An order past its deadline is found at the next step of the worker, which may be busy. */
  static final Duration GRACE = Duration.ofMinutes(1);

  private static final int MAX_DEAD_LETTERS = 2_000;

  private static final String COUNT = "select count(*) as n from sales.order";

  private static final String LATE =
      """
      select id, status, updated_at from sales.order
      where under_way_since <= ?
        and greatest(updated_at, under_way_since) <= case status when 'PENDING' then ?::timestamptz
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
        select order_id,
          sum(quantity * unit_price + case when tax_included then 0 else coalesce(tax, 0) end) as total
        from sales.order_line group by order_id
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

  private final DeadLetters deadLetters;
  private final Deadlines deadlines;

  public OrderIntegrity(DeadLetters deadLetters, Deadlines deadlines) {
    this.deadLetters = deadLetters;
    this.deadlines = deadlines;
  }

  /** No order is under way past its deadline, unless it waits behind an open dead letter. */
  public IntegrityCheck deadlines() {
    return new IntegrityCheck("sales.no-order-past-its-deadline", this::checkDeadlines);
  }

  /** Each order's total is the sum of its lines, with the tax that is added to them. */
  public IntegrityCheck totals() {
    return new IntegrityCheck("sales.totals-equal-lines", OrderIntegrity::checkTotals);
  }

  /** A confirmed order has a confirmed reservation and a payment. */
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

  private static long count(UnitOfWork tx, String sql) {
    return Statements.of(tx).query(sql, row -> row.getLong("n")).getFirst();
  }
}
