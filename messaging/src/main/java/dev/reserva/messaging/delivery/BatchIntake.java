package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.transport.Consumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Polls the consumer for batches, adds what arrives meanwhile, and keeps the pace. */
final class BatchIntake {

  private final Subscription subscription;
  private final LoopParts parts;
  private final Ownership ownership;
  private final HandleBatch batches;

  private long polledAt;
  private boolean full;

  BatchIntake(
      Subscription subscription, LoopParts parts, Ownership ownership, HandleBatch batches) {
    this.subscription = subscription;
    this.parts = parts;
    this.ownership = ownership;
    this.batches = batches;
  }

  /**
   * Handles the next batch, or passes over events that need no handling.
   *
   * @return whether the cursor moved, so that there may be more to do at once
   */
  boolean takeNext(Consumer consumer) {
    Consumer.Delivery delivery = consumer.poll(subscription.maxBatch());
    if (delivery.messages().isEmpty()) {
      // Passing events over is progress too: more may follow.
      boolean moved = ownership.pass(delivery.upTo(), delivery.passed());
      consumer.acknowledge(delivery);
      return moved;
    }
    polledAt = parts.nanoTime().getAsLong();
    try (Transactions.Permit _ = parts.transactions().acquirePermit()) {
      Consumer.Delivery batch = complete(delivery, consumer);
      full = batch.messages().size() >= subscription.maxBatch();
      batches.handle(batch, consumer);
    }
    return true;
  }

  /** Adds messages that have arrived while the subscription waited for its permit. */
  private Consumer.Delivery complete(Consumer.Delivery first, Consumer consumer) {
    int room = subscription.maxBatch() - first.messages().size();
    if (room <= 0) {
      return first;
    }
    Consumer.Delivery more = consumer.poll(room);
    List<Message> all = new ArrayList<>(first.messages());
    all.addAll(more.messages());
    return new Consumer.Delivery(
        all, Math.max(first.upTo(), more.upTo()), first.passed().and(more.passed()));
  }

  /**
   * How long to delay the next poll, so that batches grow (see {@link Subscription#atPace}); zero
   * or less when the poll is due.
   */
  Duration untilNextPoll() {
    Duration pace = subscription.pace();
    return pace.isZero() || full
        ? Duration.ZERO
        : Duration.ofNanos(polledAt + pace.toNanos() - parts.nanoTime().getAsLong());
  }
}
