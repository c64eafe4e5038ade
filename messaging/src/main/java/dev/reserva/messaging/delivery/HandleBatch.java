package dev.reserva.messaging.delivery;

import dev.reserva.messaging.Bisection;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.Cursors.Progress;
import dev.reserva.messaging.delivery.Parking.Failure;
import dev.reserva.messaging.transport.Consumer;
import dev.reserva.messaging.transport.Passed;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Handles a delivery in one transaction: effects, new events and the cursor's move commit together.
 * Events behind a parked one of their key are parked too. A batch that fails runs in halves; an
 * event that fails alone is parked.
 */
final class HandleBatch {

  private final Subscription subscription;
  private final LoopParts parts;
  private final Ownership ownership;
  private final RetryParked retries;
  private final RateMeter meter;

  HandleBatch(
      Subscription subscription,
      LoopParts parts,
      Ownership ownership,
      RetryParked retries,
      RateMeter meter) {
    this.subscription = subscription;
    this.parts = parts;
    this.ownership = ownership;
    this.retries = retries;
    this.meter = meter;
  }

  /**
   * @param delivery at least one message
   */
  void handle(Consumer.Delivery delivery, Consumer consumer) {
    ownership.include(delivery.passed());
    DeliveryRun run = new DeliveryRun(delivery, consumer);
    Bisection.run(delivery.messages(), run::handle, run::park);
  }

  /** One delivery, whose parts are handled or parked in their order. */
  private final class DeliveryRun {
    private final Consumer.Delivery delivery;
    private final Consumer consumer;
    private int done;

    DeliveryRun(Consumer.Delivery delivery, Consumer consumer) {
      this.delivery = delivery;
      this.consumer = consumer;
    }

    private record Done(Progress progress, int events) {}

    void handle(List<Message> part) {
      long started = parts.nanoTime().getAsLong();
      long upTo = upTo(part);
      Done handled =
          parts
              .transactions()
              .call(tx -> {
                Sorted fresh = parkBehind(consumer.fresh(tx, part), tx);
                int free = fresh.free().size();
                if (free > 0) {
                  subscription.handler().handle(fresh.free(), tx);
                }
                return new Done(ownership.advance(tx, upTo, free + fresh.parkedNow(), free), free);
              });
      committed(part, handled.progress());
      meter.handled(handled.events(), parts.nanoTime().getAsLong() - started);
    }

    void park(Message message, Throwable error) {
      Failure failure = FailureReport.of(subscription.retries(), 1, error, parts.random());
      List<Message> part = List.of(message);
      long upTo = upTo(part);
      Progress progress =
          parts
              .transactions()
              .call(tx -> {
                int fresh = consumer.fresh(tx, part).size();
                if (fresh > 0) {
                  parts.parking().parkFailed(tx, subscription.name(), message, failure);
                }
                return ownership.advance(tx, upTo, fresh, 0);
              });
      retries.parked(message, failure);
      committed(part, progress);
      meter.failed();
      FailureReport.log(subscription, message, failure);
    }

    /** The cursor once this part is done: it stays before the first message of the rest. */
    private long upTo(List<Message> part) {
      long upTo = delivery.upTo();
      for (int rest = done + part.size(); rest < delivery.messages().size(); rest++) {
        upTo = Math.min(upTo, delivery.messages().get(rest).position() - 1);
      }
      return upTo;
    }

    /** The effect is durable now. A later failure concerns only the transport. */
    private void committed(List<Message> part, Progress progress) {
      long upTo = upTo(part);
      done += part.size();
      ownership.advanced(progress);
      consumer.acknowledge(new Consumer.Delivery(part, upTo, Passed.NONE));
    }
  }

  /**
   * @param free messages with nothing parked before them
   * @param parkedNow how many of the others were not parked before
   */
  private record Sorted(List<Message> free, int parkedNow) {}

  private Sorted parkBehind(List<Message> fresh, UnitOfWork tx) {
    if (!retries.anyParked() || fresh.isEmpty()) {
      return new Sorted(fresh, 0);
    }
    Set<UUID> keys = new HashSet<>();
    fresh.forEach(message -> keys.add(message.key()));
    Map<UUID, Long> heads = parts.parking().parkedHeads(tx, subscription.name(), keys);
    List<Message> behind = fresh.stream().filter(message -> isBehind(message, heads)).toList();
    if (behind.isEmpty()) {
      return new Sorted(fresh, 0);
    }
    int parkedNow = parts.parking().parkBehind(tx, subscription.name(), behind);
    return new Sorted(
        fresh.stream().filter(message -> !isBehind(message, heads)).toList(), parkedNow);
  }

  /** A replay can deliver events again that precede their key's head. These do not wait. */
  private static boolean isBehind(Message message, Map<UUID, Long> heads) {
    Long head = heads.get(message.key());
    return head != null && message.position() >= head;
  }
}
