package dev.reserva.operations.application;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Backbone.Rates;
import dev.reserva.messaging.Backbone.SubscriptionStatus;
import dev.reserva.messaging.Backbone.WorkerStatus;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads statistics: rates of events, orders by state, queues, the broker and workers. */
public final class ReadStatistics {

  private static final String DRAFT = "DRAFT";

  private final Transactions transactions;
  private final Backbone backbone;
  private final OrderCounts orderCounts;
  private final Drafts drafts;
  private final Clock clock;
  private final Instant startedAt;

  public ReadStatistics(
      Transactions transactions,
      Backbone backbone,
      OrderCounts orderCounts,
      Drafts drafts,
      Clock clock) {
    this.transactions = transactions;
    this.backbone = backbone;
    this.orderCounts = orderCounts;
    this.drafts = drafts;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /**
   * @param events rates over the last full minute
   * @param queues the backlog of each subscription of this process, and of the relay to a broker
   * @param broker empty if none joins this database to others
   */
  public record Statistics(
      Events events,
      Orders orders,
      List<Queue> queues,
      Optional<BrokerTraffic> broker,
      List<Loop> workers,
      Instant startedAt,
      long uptimeSeconds) {}

  public record Events(
      double publishedPerMinute,
      double consumedPerMinute,
      double failedPerMinute,
      double meanProcessingMs) {}

  /**
   * @param byStatus orders by their state; drafts where sales runs in this process
   */
  public record Orders(Map<String, Long> byStatus) {}

  public record Queue(
      String subscription,
      long position,
      long lag,
      long parked,
      long dead,
      long handled,
      long failed,
      String state) {}

  public record Loop(
      String name, long intervalMs, long steps, long failures, Optional<Instant> lastRunAt) {}

  public Statistics read() {
    Map<String, Long> byStatus = transactions.snapshot(this::byStatus);
    Rates rates = backbone.rates();
    List<SubscriptionStatus> subscriptions = backbone.subscriptions();
    return new Statistics(
        new Events(
            Figures.rounded(rates.publishedPerMinute()),
            Figures.rounded(rates.consumedPerMinute()),
            Figures.rounded(rates.failedPerMinute()),
            Figures.rounded(rates.meanProcessingMillis())),
        new Orders(byStatus),
        subscriptions.stream()
            .map(status ->
                new Queue(
                    status.name(),
                    status.cursor(),
                    status.lag(),
                    status.parked(),
                    status.dead(),
                    status.handled(),
                    status.failed(),
                    status.state()))
            .toList(),
        BrokerTraffic.of(backbone, subscriptions),
        backbone.workers().stream().map(ReadStatistics::loop).toList(),
        startedAt,
        Duration.between(startedAt, clock.instant()).toSeconds());
  }

  private Map<String, Long> byStatus(UnitOfWork snapshot) {
    Map<String, Long> byStatus = new TreeMap<>(orderCounts.byStatus(snapshot));
    long drafted = drafts.count(snapshot);
    if (drafted > 0) {
      byStatus.put(DRAFT, drafted);
    }
    return byStatus;
  }

  private static Loop loop(WorkerStatus status) {
    return new Loop(
        status.name(),
        status.interval().toMillis(),
        status.steps(),
        status.failures(),
        Optional.ofNullable(status.lastRunAt()));
  }
}
