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
  private final CountedOrders countedOrders;
  private final Drafts drafts;
  private final Others others;
  private final Clock clock;
  private final Instant startedAt;

  /**
   * @param countedOrders empty where operations, which counts them, does not run
   */
  public ReadStatistics(
      Transactions transactions,
      Backbone backbone,
      CountedOrders countedOrders,
      Drafts drafts,
      Others others,
      Clock clock) {
    this.transactions = transactions;
    this.backbone = backbone;
    this.countedOrders = countedOrders;
    this.drafts = drafts;
    this.others = others;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /** How many submitted orders there are in each state. */
  @FunctionalInterface
  public interface CountedOrders {
    Map<String, Long> byStatus(UnitOfWork snapshot);
  }

  /** Asks every process of the members; one that does not answer has no answer. */
  @FunctionalInterface
  public interface Others {
    Map<String, List<Optional<Statistics>>> ask();
  }

  /**
   * @param events rates over the last full minute
   * @param queues the backlog of each subscription, and of the relay to a broker
   * @param broker of the database of this process; empty if none joins it to others
   * @param members the other services that this process knows of, by name
   */
  public record Statistics(
      Events events,
      Orders orders,
      List<Queue> queues,
      Optional<BrokerTraffic> broker,
      List<Loop> workers,
      Instant startedAt,
      long uptimeSeconds,
      Map<String, Member> members) {}

  /**
   * A service that runs in other processes.
   *
   * @param processes how many processes are configured
   * @param answering how many of them have answered
   * @param broker of its database; empty if none joins it to others, or no process answers
   * @param startedAt when the process that answered first in the configuration was started
   */
  public record Member(
      int processes, int answering, Optional<BrokerTraffic> broker, Optional<Instant> startedAt) {}

  public record Events(
      double publishedPerMinute,
      double consumedPerMinute,
      double failedPerMinute,
      double meanProcessingMs) {}

  /**
   * @param byStatus orders by their state; drafts where sales runs in this process
   */
  public record Orders(Map<String, Long> byStatus) {}

  /**
   * @param member the service whose processes tell it; empty for this process
   */
  public record Queue(
      Optional<String> member,
      String subscription,
      long position,
      long lag,
      long parked,
      long dead,
      long handled,
      long failed,
      String state) {}

  /**
   * @param member the service whose processes tell it; empty for this process
   */
  public record Loop(
      Optional<String> member,
      String name,
      long intervalMs,
      long steps,
      long failures,
      Optional<Instant> lastRunAt) {}

  /** Of the whole system. */
  public Statistics read() {
    return JoinedStatistics.of(readOwn(), others.ask());
  }

  /** Of this process and its database alone. */
  public Statistics readOwn() {
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
                    Optional.empty(),
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
        Duration.between(startedAt, clock.instant()).toSeconds(),
        Map.of());
  }

  private Map<String, Long> byStatus(UnitOfWork snapshot) {
    Map<String, Long> byStatus = new TreeMap<>(countedOrders.byStatus(snapshot));
    long drafted = drafts.count(snapshot);
    if (drafted > 0) {
      byStatus.put(DRAFT, drafted);
    }
    return byStatus;
  }

  private static Loop loop(WorkerStatus status) {
    return new Loop(
        Optional.empty(),
        status.name(),
        status.interval().toMillis(),
        status.steps(),
        status.failures(),
        Optional.ofNullable(status.lastRunAt()));
  }
}
