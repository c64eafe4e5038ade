package dev.reserva.operations.application;

import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.ParkedEvents.Parked;
import dev.reserva.operations.domain.Blockade;
import dev.reserva.operations.domain.StuckOrder.Awaited;
import dev.reserva.operations.domain.TimelineKind;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the processes and the databases of the system know of orders. Each answer has one part for
 * each process, or for each database, that is asked.
 *
 * <p>Every method throws {@link dev.reserva.messaging.DependencyUnavailable} if one does not
 * answer: an answer with gaps would look complete.
 */
public interface SystemOrders {

  /** Most events, and most records of a service, that are read of one order. */
  int MOST = 1_000;

  /** What the services of each process have on record about an order. */
  List<Records> records(UUID orderId);

  /** What each database has published and not handled of an order. */
  List<Log> logs(UUID orderId);

  /**
   * Orders past half of the time that their status may last, the highest id first.
   *
   * @param before only lower ids; null for all
   * @param limit most of each process
   */
  List<Waiting> pastHalf(@Nullable UUID before, int limit);

  /** Those of the ids that are orders, drafts excepted. */
  List<Waiting> waiting(Collection<UUID> ids);

  /**
   * The events that keys wait for, in each database, the highest key first.
   *
   * @param before only lower keys; null for all
   * @param limit most of each database
   */
  List<List<Blockade>> blockades(@Nullable UUID before, int limit);

  /**
   * @param database in which the services run
   * @param exists whether sales, if it runs there, has the order
   * @param truncated whether there may be more records
   */
  record Records(String database, boolean exists, boolean truncated, List<ServiceRecord> records) {
    public Records {
      records = List.copyOf(records);
    }
  }

  /**
   * A record of a service.
   *
   * @param data JSON text
   */
  record ServiceRecord(
      Instant at,
      TimelineKind kind,
      String service,
      String id,
      String type,
      @Nullable UUID causationId,
      @Nullable String actor,
      String summary,
      String data) {}

  /**
   * @param events that the database has published, in order
   * @param parked what is not handled yet
   * @param deadLetters open or not
   * @param truncated whether there may be more
   */
  record Log(
      String database,
      boolean truncated,
      List<LogPart.LogEntry> events,
      List<Parked> parked,
      List<DeadLetters.Detail> deadLetters) {
    public Log {
      events = List.copyOf(events);
      parked = List.copyOf(parked);
      deadLetters = List.copyOf(deadLetters);
    }
  }

  /**
   * @param until absent if its status has no deadline
   * @param order JSON text
   */
  record Waiting(UUID id, Awaited awaited, Instant since, @Nullable Instant until, String order) {}
}
