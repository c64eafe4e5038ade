package dev.reserva.messaging.store;

import dev.reserva.messaging.Event;
import dev.reserva.messaging.delivery.LocalDelivery.Appended;
import dev.reserva.messaging.sql.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Appends a transaction's events to the log with its last statements.
 *
 * <p>The append locks the log's head until the transaction ends, so only one transaction at a time
 * is between its append and its commit. Positions therefore follow the order of commits and have no
 * gaps.
 *
 * <p>Each row is one {@link EventBatch}. The parameters are the columns of all events, and the
 * statement takes a slice of them for each batch. PostgreSQL finds a slice by walking the array
 * from its start, so a statement gets {@value #MAX_EVENTS} events at most. The others follow in
 * further statements of the same message.
 */
final class LogAppender {

  private static final int MAX_EVENTS = 256;

  private static final String COLUMNS =
      """
      segment, last_position, key, correlation_id, traceparent, tracestate,
        ids, types, subjects, times, causation_ids, handled_by, data\
      """;

  /** The rows of {@link #COLUMNS}, for a head with segment and base. */
  private static final String ROWS =
      """
      select head.segment, head.base + b.last, b.key, b.correlation_id, b.traceparent, b.tracestate,
        e.ids[b.first:b.last], e.types[b.first:b.last], e.subjects[b.first:b.last],
        e.times[b.first:b.last], e.causation_ids[b.first:b.last], e.handled_by[b.first:b.last],
        e.data[b.first:b.last]
      from head,
        (select ?::uuid[] as ids, ?::text[] as types, ?::uuid[] as subjects,
          ?::timestamptz[] as times, ?::uuid[] as causation_ids, ?::integer[] as handled_by,
          ?::text[] as data) e,
        unnest(?::integer[], ?::integer[], ?::uuid[], ?::text[], ?::text[], ?::text[])
          as b (first, last, key, correlation_id, traceparent, tracestate)\
      """;

  /** Sent before {@link #APPEND}, which then sees everything committed before it got the lock. */
  private static final String LOCK_HEAD = "select from messaging.log_head for update";

  private static final String APPEND =
      """
      with head as (
        select e.position as base, e.mark as mark_before, h.segment, h.listeners
        from messaging.log_head h,
          (select position, mark from messaging.log_end order by position desc limit 1) e
        where h.generation = coalesce(?::bigint, h.generation)
      ), new_end as (
        insert into messaging.log_end (position, mark) select base + ?, ? from head
      ), old_end as (
        delete from messaging.log_end e using head where e.position = head.base
      ), appended as (
        insert into messaging.event_batch (%s)
        %s
      )
      select base, mark_before,
        case when listeners > 1 then pg_notify('reserva_log', (base + ?)::text) end
      from head
      """
          .formatted(COLUMNS, ROWS);

  /**
   * Sent after {@link #APPEND}, which has moved the log's end if the generation is the expected
   * one.
   */
  private static final String APPEND_MORE =
      """
      with head as (
        select segment, (select max(position) from messaging.log_end) - ? as base
        from messaging.log_head
        where generation = coalesce(?::bigint, generation)
      )
      insert into messaging.event_batch (%s)
      %s
      """
          .formatted(COLUMNS, ROWS);

  private LogAppender() {}

  /**
   * @param events at least one; those of a key should follow each other, as {@link
   *     EventBatch#order} arranges them
   * @param flags for each event the subscriptions that handled it locally, and whether it is
   *     imported
   * @param mark written at the log's end, where the next append reads it
   * @param generation that the head must have; empty for any
   * @return empty when the head has another generation and nothing was appended
   */
  static Optional<Appended> append(
      PostgresStatements statements,
      List<Event> events,
      int[] flags,
      long mark,
      OptionalLong generation) {
    long size = events.size();
    @Nullable Object expected = generation.isPresent() ? (Object) generation.getAsLong() : null;
    int end = Math.min(events.size(), MAX_EVENTS);
    List<@Nullable Object> parameters = new ArrayList<>();
    parameters.add(expected);
    parameters.add(size);
    parameters.add(mark);
    addRows(parameters, events, flags, 0, end);
    parameters.add(size);
    statements.ask(LOCK_HEAD, row -> true);
    Supplier<List<Appended>> appended =
        statements.ask(
            APPEND,
            row -> new Appended(row.getLong("base"), row.getLong("mark_before")),
            parameters.toArray());
    for (int start = end; start < events.size(); start += MAX_EVENTS) {
      List<@Nullable Object> more = new ArrayList<>();
      more.add(size - start);
      more.add(expected);
      addRows(more, events, flags, start, Math.min(events.size(), start + MAX_EVENTS));
      statements.write(APPEND_MORE, more.toArray());
    }
    statements.flush();
    return appended.get().stream().findFirst();
  }

  /** The parameters of {@link #ROWS}. */
  private static void addRows(
      List<@Nullable Object> parameters, List<Event> all, int[] flags, int start, int end) {
    List<Event> events = all.subList(start, end);
    parameters.add(Columns.uuids(events, Event::id));
    parameters.add(Columns.texts(events, Event::type));
    parameters.add(Columns.uuids(events, LogAppender::subject));
    parameters.add(Columns.instants(events, Event::time));
    parameters.add(Columns.uuids(events, Event::causationId));
    parameters.add(handledBy(flags, start, end));
    parameters.add(Columns.texts(events, Event::data));
    List<EventBatch> batches = EventBatch.of(events);
    parameters.add(Columns.integers(batches, EventBatch::first));
    parameters.add(Columns.integers(batches, EventBatch::last));
    parameters.add(Columns.uuids(batches, batch -> batch.shared().key()));
    parameters.add(Columns.texts(batches, batch -> batch.shared().correlationId()));
    parameters.add(Columns.texts(batches, batch -> batch.shared().traceparent()));
    parameters.add(Columns.texts(batches, batch -> batch.shared().tracestate()));
  }

  /** Null where the subject is the key, to save space. */
  private static @Nullable UUID subject(Event event) {
    return Objects.equals(event.subject(), event.key()) ? null : event.subject();
  }

  private static @Nullable Integer[] handledBy(int[] flags, int start, int end) {
    @Nullable Integer[] handledBy = new @Nullable Integer[end - start];
    for (int i = start; i < end; i++) {
      handledBy[i - start] = flags[i] == 0 ? null : flags[i];
    }
    return handledBy;
  }
}
