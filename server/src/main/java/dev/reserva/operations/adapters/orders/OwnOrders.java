package dev.reserva.operations.adapters.orders;

import static dev.reserva.operations.application.SystemOrders.MOST;

import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.EventLog.Filter;
import dev.reserva.messaging.ParkedEvents;
import dev.reserva.messaging.ParkedEvents.Parked;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.operations.application.LogPart;
import dev.reserva.operations.application.LogPart.LogPage;
import dev.reserva.operations.application.SystemOrders.Log;
import dev.reserva.operations.application.SystemOrders.Records;
import dev.reserva.operations.application.SystemOrders.ServiceRecord;
import dev.reserva.operations.application.SystemOrders.Waiting;
import dev.reserva.operations.domain.Blockade;
import dev.reserva.operations.domain.StuckOrder.Awaited;
import dev.reserva.operations.domain.TimelineKind;
import dev.reserva.platform.members.DatabaseIdentity;
import dev.reserva.platform.timeline.OrderTraces;
import dev.reserva.platform.timeline.OrderTraces.Trace;
import dev.reserva.platform.timeline.WaitingOrders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the services of this process, and its database, know of orders. */
public final class OwnOrders {

  private final DatabaseIdentity database;
  private final Transactions transactions;
  private final List<OrderTraces> services;
  private final List<WaitingOrders> sales;
  private final LogPart log;
  private final ParkedEvents parkedEvents;
  private final Function<Object, String> json;

  /**
   * @param services those of this process
   * @param sales one if sales runs in this process, otherwise none
   * @param json writes facts as JSON text
   */
  public OwnOrders(
      DatabaseIdentity database,
      Transactions transactions,
      List<OrderTraces> services,
      List<WaitingOrders> sales,
      LogPart log,
      ParkedEvents parkedEvents,
      Function<Object, String> json) {
    this.database = database;
    this.transactions = transactions;
    this.services = List.copyOf(services);
    this.sales = List.copyOf(sales);
    this.log = log;
    this.parkedEvents = parkedEvents;
    this.json = json;
  }

  Records records(UUID orderId) {
    List<ServiceRecord> records = new ArrayList<>();
    boolean truncated = false;
    for (OrderTraces service : services) {
      List<Trace> traces = service.of(orderId, MOST);
      traces.forEach(trace -> records.add(record(service.service(), trace)));
      truncated |= traces.size() == MOST;
    }
    boolean exists =
        sales.stream().anyMatch(orders -> transactions.snapshot(tx -> orders.exists(orderId, tx)));
    return new Records(database.id().toString(), exists, truncated, records);
  }

  private ServiceRecord record(String service, Trace trace) {
    return new ServiceRecord(
        trace.at(),
        TimelineKind.valueOf(trace.kind().name()),
        service,
        trace.id(),
        trace.type(),
        trace.causationId(),
        trace.actor(),
        trace.summary(),
        json.apply(trace.data()));
  }

  /**
   * @param own without events that other databases have published
   */
  Log log(UUID orderId, boolean own) {
    LogPage page = log.search(new Filter(null, orderId, null, null, own), 0, MOST);
    return transactions.snapshot(tx -> log(orderId, page, tx));
  }

  private Log log(UUID orderId, LogPage page, UnitOfWork tx) {
    List<Parked> parked = parkedEvents.ofKey(orderId, MOST, tx);
    List<DeadLetters.Detail> deadLetters = parkedEvents.deadLettersOfKey(orderId, MOST, tx);
    return new Log(
        database.id().toString(),
        page.next() != null || parked.size() == MOST || deadLetters.size() == MOST,
        page.entries(),
        parked,
        deadLetters);
  }

  List<Waiting> pastHalf(@Nullable UUID before, int limit) {
    return waiting((orders, tx) -> orders.pastHalf(before, limit, tx));
  }

  List<Waiting> waiting(Collection<UUID> ids) {
    return waiting((orders, tx) -> orders.of(ids, tx));
  }

  private List<Waiting> waiting(
      BiFunction<WaitingOrders, UnitOfWork, List<WaitingOrders.Waiting>> question) {
    return sales.stream()
        .flatMap(orders -> transactions.snapshot(tx -> question.apply(orders, tx)).stream())
        .map(order ->
            new Waiting(
                order.id(),
                Awaited.valueOf(order.awaited().name()),
                order.since(),
                order.until(),
                json.apply(order.order())))
        .toList();
  }

  List<Blockade> blockades(@Nullable UUID before, int limit) {
    return transactions.snapshot(tx -> parkedEvents.heads(before, limit, tx)).stream()
        .map(OwnOrders::blockade)
        .toList();
  }

  private static Blockade blockade(Parked parked) {
    ParkedEvents.Failure error = parked.error();
    Instant since = error == null ? parked.event().time() : error.since();
    return new Blockade(
        parked.id(),
        parked.event().key(),
        parked.subscription(),
        parked.event().id(),
        parked.event().type(),
        parked.attempts(),
        parked.dueAt(),
        error == null ? "" : error.type(),
        error == null ? "" : error.message(),
        since);
  }
}
