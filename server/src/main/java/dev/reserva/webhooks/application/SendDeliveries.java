package dev.reserva.webhooks.application;

import dev.reserva.messaging.Transactions;
import dev.reserva.webhooks.application.Deliveries.Claimed;
import dev.reserva.webhooks.domain.Answer;
import dev.reserva.webhooks.domain.Delivery;
import dev.reserva.webhooks.domain.Endpoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases deliveries that are due, and posts each on a thread of its own, outside of transactions.
 *
 * <p>An endpoint has few leases at a time, and waits for nobody but itself: however slow or dead it
 * is, others do not notice. A process that dies leaves leases, which end; then the delivery is
 * attempted again. So a message can arrive twice, with the same id.
 */
public final class SendDeliveries {

  private static final Logger LOG = LoggerFactory.getLogger(SendDeliveries.class);

  private final Transactions transactions;
  private final Deliveries deliveries;
  private final Signatures signatures;
  private final Receivers receivers;
  private final RecordAttempt recordAttempt;
  private final Settings settings;
  private final Clock clock;
  private final AttemptCounts counts;
  private final Executor threads;
  private final Runnable done;

  /**
   * @param perEndpoint most attempts at one endpoint at a time
   * @param lease longer than an attempt can take
   */
  public record Settings(int perEndpoint, Duration lease) {}

  /**
   * @param clock that signatures are dated by
   * @param threads has as many as there are tasks
   * @param done called after an attempt, because its endpoint may have more to do
   */
  public SendDeliveries(
      Transactions transactions,
      Deliveries deliveries,
      Signatures signatures,
      Receivers receivers,
      RecordAttempt recordAttempt,
      Settings settings,
      Clock clock,
      AttemptCounts counts,
      Executor threads,
      Runnable done) {
    this.transactions = transactions;
    this.deliveries = deliveries;
    this.signatures = signatures;
    this.receivers = receivers;
    this.recordAttempt = recordAttempt;
    this.settings = settings;
    this.clock = clock;
    this.counts = counts;
    this.threads = threads;
    this.done = done;
  }

  /**
   * @return whether there may be more at once
   */
  public boolean run() {
    List<Claimed> claimed =
        transactions.call(tx -> deliveries.claim(settings.lease(), settings.perEndpoint(), tx));
    claimed.forEach(one -> threads.execute(() -> attempt(one)));
    return !claimed.isEmpty();
  }

  private void attempt(Claimed claimed) {
    Delivery delivery = claimed.delivery();
    try {
      Instant at = clock.instant();
      Answer answer = post(claimed.endpoint(), delivery, at);
      counts.made(answer);
      transactions.run(tx -> recordAttempt.record(delivery, at, answer, tx));
      done.run();
    } catch (RuntimeException e) {
      LOG.error(
          "an attempt could not be recorded, its delivery is attempted again when the lease ends:"
              + " delivery={} endpoint={}",
          delivery.id(),
          delivery.endpointId(),
          e);
    }
  }

  private Answer post(Endpoint endpoint, Delivery delivery, Instant at) {
    String signed;
    try {
      signed = signatures.sign(endpoint, delivery.eventId(), at, delivery.body());
    } catch (IllegalStateException e) {
      return new Answer(null, 0, String.valueOf(e.getMessage()), null);
    }
    return receivers.post(
        new Receivers.Posting(
            endpoint.target().url(), delivery.eventId(), at, signed, delivery.body()));
  }
}
