package dev.reserva.notifications.application;

import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.application.MessageSender.Outgoing;
import dev.reserva.notifications.application.MessageSender.Result;
import dev.reserva.notifications.application.Messages.Claimed;
import dev.reserva.notifications.application.Messages.Settled;
import dev.reserva.notifications.application.Recipients.Contact;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Failure;
import dev.reserva.notifications.domain.Retries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due, in these steps:
 *
 * <ul>
 *   <li>It claims messages and commits the attempt.
 *   <li>It composes them and stores their words in the history.
 *   <li>It sends them, outside of any transaction.
 *   <li>It commits what has become of them, with the events that tell it.
 * </ul>
 *
 * <p>If the process dies after a message has left and before that is committed, the claim's lease
 * ends and the message is sent again: at least once.
 */
public final class SendMessages {

  private static final Logger LOG = LoggerFactory.getLogger(SendMessages.class);

  /** Messages of one step. They share five transactions. */
  static final int BATCH = 100;

  /** Longer than a step takes when a mail server answers each of its messages slowly. */
  static final Duration LEASE = Duration.ofMinutes(10);

  /** How long a message waits for its customer and its order to become known. */
  static final Duration PATIENCE = Duration.ofHours(1);

  private static final Duration ASK_AGAIN = Duration.ofSeconds(2);

  private final Messages messages;
  private final Recipients recipients;
  private final LockedContacts lockedContacts;
  private final History history;
  private final ComposeMessage compose;
  private final Map<Channel, MessageSender> senders = new EnumMap<>(Channel.class);
  private final RecordEnds recordEnds;
  private final Retries retries;
  private final Throttle throttle;
  private final Transactions transactions;
  private final Clock clock;

  public SendMessages(
      Messages messages,
      Recipients recipients,
      LockedContacts lockedContacts,
      History history,
      ComposeMessage compose,
      List<MessageSender> senders,
      Retries retries,
      Throttle throttle,
      Transactions transactions,
      Clock clock) {
    this.messages = messages;
    this.recipients = recipients;
    this.lockedContacts = lockedContacts;
    this.history = history;
    this.compose = compose;
    senders.forEach(sender -> this.senders.put(sender.channel(), sender));
    this.recordEnds = new RecordEnds(messages, history, transactions);
    this.retries = retries;
    this.throttle = throttle;
    this.transactions = transactions;
    this.clock = clock;
  }

  private record Batch(List<Claimed> claimed, Map<UUID, Contact> contacts) {}

  /** A message whose words are found. */
  private record Ready(Claimed message, Outgoing outgoing) {}

  /**
   * @return whether there may be more to do at once
   */
  public boolean step() {
    boolean more = recordEnds.record();
    Set<Channel> ready =
        senders.values().stream()
            .filter(MessageSender::isReady)
            .map(MessageSender::channel)
            .collect(Collectors.toSet());
    int room = ready.isEmpty() ? 0 : throttle.take(BATCH);
    if (room == 0) {
      return more;
    }
    Batch batch = transactions.call(tx -> claim(ready, room, tx));
    throttle.giveBack(room - batch.claimed().size());
    if (!batch.claimed().isEmpty()) {
      send(unlocked(batch));
    }
    // Where the throttle left less room, the next messages gather until the worker looks again.
    return batch.claimed().size() == BATCH || more;
  }

  private Batch claim(Set<Channel> ready, int room, UnitOfWork tx) {
    List<Claimed> claimed = messages.claim(ready, room, LEASE, tx);
    Set<UUID> customers = new HashSet<>();
    for (Claimed message : claimed) {
      if (message.customerId() != null) {
        customers.add(message.customerId());
      }
    }
    return new Batch(claimed, customers.isEmpty() ? Map.of() : recipients.find(customers, tx));
  }

  /** The same batch with contacts whose keys another process has. */
  private Batch unlocked(Batch batch) {
    List<Recipients.Sealed> locked = new ArrayList<>();
    batch
        .contacts()
        .values()
        .forEach(contact -> {
          if (contact instanceof Contact.Locked(Recipients.Sealed sealed)) {
            locked.add(sealed);
          }
        });
    if (locked.isEmpty()) {
      return batch;
    }
    Map<UUID, Contact> contacts = new HashMap<>(batch.contacts());
    try {
      contacts.putAll(lockedContacts.open(locked));
    } catch (DependencyUnavailable e) {
      giveBack(batch.claimed(), clock.instant());
      throw e;
    }
    return new Batch(batch.claimed(), contacts);
  }

  private void send(Batch batch) {
    List<Settled> settled = new ArrayList<>();
    Map<Channel, List<Ready>> ready = new EnumMap<>(Channel.class);
    List<History.Entry> entries = new ArrayList<>();
    Instant now = clock.instant();
    for (Claimed message : batch.claimed()) {
      Contact contact =
          message.customerId() == null ? null : batch.contacts().get(message.customerId());
      switch (compose.compose(message, contact)) {
        case ComposeMessage.Outcome.Composed composed -> {
          entries.add(composed.entry());
          ready
              .computeIfAbsent(message.channel(), _ -> new ArrayList<>())
              .add(new Ready(message, composed.outgoing()));
        }
        case ComposeMessage.Outcome.Impossible(Failure failure) -> {
          entries.add(ComposeMessage.withoutWords(message));
          settled.add(new Settled.Failed(message.id(), failure, now));
        }
        case ComposeMessage.Outcome.NotYet _ -> {
          Settled outcome = notYet(message, now);
          if (outcome instanceof Settled.Failed) {
            entries.add(ComposeMessage.withoutWords(message));
          }
          settled.add(outcome);
        }
      }
    }
    try {
      history.save(entries);
    } catch (DependencyUnavailable e) {
      giveBack(batch.claimed(), now);
      throw e;
    }
    ready.forEach((channel, each) -> settled.addAll(sent(channel, each)));
    transactions.run(tx -> settle(batch.claimed(), settled, tx));
    recordEnds.record();
  }

  /** Nothing has left, so that the attempts do not count. */
  private void giveBack(List<Claimed> claimed, Instant now) {
    Instant until = now.plus(Retries.FIRST_PAUSE);
    transactions.run(tx ->
        messages.settle(
            claimed.stream()
                .<Settled>map(message -> new Settled.Postponed(message.id(), until, false))
                .toList(),
            tx));
  }

  private List<Settled> sent(Channel channel, List<Ready> ready) {
    MessageSender sender = senders.get(channel);
    List<Result> results =
        sender == null ? List.of() : sender.send(ready.stream().map(Ready::outgoing).toList());
    Instant now = clock.instant();
    List<Settled> settled = new ArrayList<>(ready.size());
    for (int i = 0; i < ready.size(); i++) {
      Claimed message = ready.get(i).message();
      Result result =
          i < results.size() ? results.get(i) : new Result.Unavailable("there is no answer");
      settled.add(
          switch (result) {
            case Result.Accepted _ -> new Settled.Sent(message.id(), now);
            case Result.Bounced(String reason) -> refused(message, Failure.BOUNCED, reason, now);
            case Result.Rejected(String reason) -> refused(message, Failure.REJECTED, reason, now);
            case Result.Unavailable(String reason) -> {
              LOG.warn(
                  "message not sent, it is tried again: message={} channel={} attempt={} reason={}",
                  message.id(),
                  channel.wire(),
                  message.attempt(),
                  reason);
              yield later(message, Failure.ATTEMPTS_EXHAUSTED, now);
            }
          });
    }
    return settled;
  }

  private static Settled refused(Claimed message, Failure failure, String reason, Instant now) {
    LOG.warn(
        "message refused, it is given up: message={} channel={} failure={} reason={}",
        message.id(),
        message.channel().wire(),
        failure.wire(),
        reason);
    return new Settled.Failed(message.id(), failure, now);
  }

  /**
   * The events that tell what is missing are usually under way, so that the attempt does not count.
   */
  private Settled notYet(Claimed message, Instant now) {
    return message.createdAt().plus(PATIENCE).isAfter(now)
        ? new Settled.Postponed(message.id(), now.plus(ASK_AGAIN), false)
        : later(message, Failure.UNKNOWN_CUSTOMER, now);
  }

  private Settled later(Claimed message, Failure atLast, Instant now) {
    return retries.isLast(message.attempt())
        ? new Settled.Failed(message.id(), atLast, now)
        : new Settled.Postponed(message.id(), now.plus(retries.pause(message.attempt())), true);
  }

  private void settle(List<Claimed> claimed, List<Settled> settled, UnitOfWork tx) {
    messages.settle(settled, tx);
    Map<UUID, Claimed> byId = new HashMap<>();
    claimed.forEach(message -> byId.put(message.id(), message));
    for (Settled one : settled) {
      Claimed message = byId.get(one.id());
      if (message != null) {
        Announcements.ended(message, one, tx);
      }
    }
  }
}
