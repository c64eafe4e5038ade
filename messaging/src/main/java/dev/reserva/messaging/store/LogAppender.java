package dev.reserva.messaging.store;

import dev.reserva.messaging.Event;
import dev.reserva.messaging.delivery.LocalDelivery.Appended;
import dev.reserva.messaging.sql.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Appends a transaction's events to the log as its last statement.
 *
 * <p>The statement locks the log's head until the transaction ends, so one transaction at a time is
 * between its append and its commit: positions follow the order of commits and have no gaps.
 */
final class LogAppender {

  private static final String APPEND =
      """
      with head as (
        update messaging.log_head h set position = h.position + ?, mark = ?
        from (select mark from messaging.log_head for update) before
        where h.generation = coalesce(?::bigint, h.generation)
        returning h.position - ? as base, h.segment, h.listeners, before.mark as mark_before
      ), appended as (
        insert into messaging.event (segment, position, handled_by, id, %1$s)
        select head.segment, head.base + e.ordinal, e.handled_by, e.id, %2$s
        from head, unnest(?::integer[], ?::uuid[], %3$s) with ordinality
          as e (handled_by, id, %1$s, ordinal)
      )
      select base, mark_before, case when listeners > 1 then pg_notify('reserva_log', (base + ?)::text) end
      from head
      """
          .formatted(EventColumns.NAMES, EventColumns.of("e"), EventColumns.ARRAYS);

  private LogAppender() {}

  /**
   * @param events at least one
   * @param flags for each event the subscriptions that handled it locally
   * @param generation that the head must have; empty for any
   * @param mark left in the head for the next append
   * @return empty when the head has another generation and nothing was appended
   */
  static Optional<Appended> append(
      PostgresStatements statements,
      List<Event> events,
      int[] flags,
      long mark,
      OptionalLong generation) {
    long size = events.size();
    List<@Nullable Object> parameters = new ArrayList<>();
    parameters.add(size);
    parameters.add(mark);
    parameters.add(generation.isPresent() ? (Object) generation.getAsLong() : null);
    parameters.add(size);
    parameters.add(handledBy(flags));
    parameters.add(Columns.uuids(events, Event::id));
    parameters.addAll(EventColumns.arrays(events));
    parameters.add(size);
    return statements
        .query(
            APPEND,
            row -> new Appended(row.getLong("base"), row.getLong("mark_before")),
            parameters.toArray())
        .stream()
        .findFirst();
  }

  /** Null takes no room in the row. */
  private static @Nullable Integer[] handledBy(int[] flags) {
    @Nullable Integer[] handledBy = new @Nullable Integer[flags.length];
    Arrays.setAll(handledBy, i -> flags[i] == 0 ? null : flags[i]);
    return handledBy;
  }
}
