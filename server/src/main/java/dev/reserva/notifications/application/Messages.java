package dev.reserva.notifications.application;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Detail;
import dev.reserva.notifications.domain.Fact;
import dev.reserva.notifications.domain.Failure;
import dev.reserva.notifications.domain.Kind;
import dev.reserva.notifications.domain.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The messages with their states. There is one for each occurrence, template, channel and
 * recipient. Their words are in the {@link History}.
 */
public interface Messages {

  /** Remembers orders, each once. What is known of one stays; its step never goes back. */
  void remember(Collection<KnownOrder> orders, UnitOfWork tx);

  /** The customers of orders that are remembered, by order. */
  Map<UUID, UUID> customers(Collection<UUID> orders, UnitOfWork tx);

  /**
   * Adds messages. One that is there already stays as it is. There is none of a step of an order
   * that is remembered with a further one.
   */
  void add(List<NewMessage> messages, UnitOfWork tx);

  /**
   * Claims messages of a channel that are due, the longest due ones first, and counts an attempt
   * for each. Until the lease ends nobody else claims them. Messages that were never tried are
   * removed if their order is remembered with a further step.
   */
  List<Claimed> claim(Channel channel, int limit, Duration lease, UnitOfWork tx);

  /** Records what has become of claimed messages. */
  void settle(List<Settled> settled, UnitOfWork tx);

  /** Messages that have ended and whose end is not yet in the history, oldest first. */
  List<State> unrecorded(int limit, UnitOfWork tx);

  /** Marks that the history knows how these have ended. */
  void recorded(Collection<UUID> ids, UnitOfWork tx);

  /** Messages whose present state is not in the history, newest first. */
  List<State> ahead(History.Filter filter, @Nullable UUID before, int limit, UnitOfWork tx);

  /** Those of the messages whose present state is not in the history. */
  Set<UUID> aheadAmong(Collection<UUID> ids, UnitOfWork tx);

  /** Removes messages that ended before, and orders that were remembered before. */
  int removeEndedBefore(Instant before, int limit, UnitOfWork tx);

  /**
   * How many wait by each channel, and since when the one has been due that has waited longest. A
   * channel by which none waits is left out.
   */
  Map<Channel, Backlog> backlog(UnitOfWork tx);

  /**
   * @param oldest absent if nothing waits
   */
  record Backlog(long waiting, @Nullable Instant oldest) {

    public static final Backlog NONE = new Backlog(0, null);
  }

  /**
   * A message that this process sends.
   *
   * @param attempt from 1
   * @param orderNumber of the order, if it is known and has one
   */
  record Claimed(
      UUID id,
      String template,
      Channel channel,
      String recipient,
      @Nullable UUID orderId,
      @Nullable UUID customerId,
      @Nullable String orderNumber,
      String trigger,
      Map<String, Detail> details,
      int attempt,
      Instant createdAt) {

    public Claimed {
      details = Map.copyOf(details);
    }

    /** What it is to its recipient. What is written by hand is about an order or a login. */
    Kind kind() {
      return Fact.ofTemplate(template)
          .map(Fact::kind)
          .orElse(template.equals(NewMessage.NEWS) ? Kind.NEWS : Kind.TRANSACTION);
    }

    /** The device that a push message is for. */
    UUID device() {
      return UUID.fromString(recipient);
    }

    /** The cause of what is published about it. */
    public Cause cause() {
      return Cause.of(id.toString());
    }
  }

  /** What has become of a claimed message. */
  sealed interface Settled {
    UUID id();

    record Sent(UUID id, Instant at) implements Settled {}

    record Failed(UUID id, Failure failure, Instant at) implements Settled {}

    record Skipped(UUID id, Failure reason, Instant at) implements Settled {}

    /**
     * It is tried again.
     *
     * @param counts whether the attempt counts
     */
    record Postponed(UUID id, Instant until, boolean counts) implements Settled {}
  }

  /**
   * A message without its words.
   *
   * @param endedAt absent while it is pending
   */
  record State(
      UUID id,
      String template,
      Channel channel,
      @Nullable UUID orderId,
      @Nullable UUID customerId,
      String trigger,
      Status status,
      @Nullable Failure failure,
      Instant createdAt,
      @Nullable Instant endedAt) {}
}
