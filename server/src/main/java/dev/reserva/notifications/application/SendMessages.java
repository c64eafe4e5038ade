package dev.reserva.notifications.application;

import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.application.AdmitMessages.Ready;
import dev.reserva.notifications.application.ClaimMessages.Batch;
import dev.reserva.notifications.application.MessageSender.Result;
import dev.reserva.notifications.application.Messages.Claimed;
import dev.reserva.notifications.application.Messages.Settled;
import dev.reserva.notifications.domain.Bounce;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Failure;
import dev.reserva.notifications.domain.Retries;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Sends what is due by one channel, in these steps:
 *
 * <ul>
 *   <li>It claims messages and commits the attempt.
 *   <li>It composes those that may go, stores their words in the history, and counts them.
 *   <li>It sends them, outside of any transaction.
 *   <li>It commits what has become of them, with the events that tell it.
 * </ul>
 *
 * <p>If the process dies after a message has left and before that is committed, the claim's lease
 * ends and the message is sent again: at least once. A channel that is slow delays no other.
 */
public final class SendMessages {

  /** Messages of one step. They share six transactions. */
  static final int BATCH = 100;

  private final ClaimMessages claimMessages;
  private final Messages messages;
  private final Devices devices;
  private final History history;
  private final ComposeMessage compose;
  private final AdmitMessages admitMessages;
  private final Bounces bounces;
  private final MessageSender sender;
  private final JudgeResult judgeResult;
  private final Throttle throttle;
  private final Transactions transactions;
  private final Clock clock;
  private final SendingCounts counts;
  private final Runnable messagesEnded;

  /**
   * @param messagesEnded called after the commit
   */
  public SendMessages(
      ClaimMessages claimMessages,
      Messages messages,
      Devices devices,
      History history,
      ComposeMessage compose,
      AdmitMessages admitMessages,
      Bounces bounces,
      MessageSender sender,
      Retries retries,
      Throttle throttle,
      Transactions transactions,
      Clock clock,
      SendingCounts counts,
      Runnable messagesEnded) {
    this.claimMessages = claimMessages;
    this.messages = messages;
    this.devices = devices;
    this.history = history;
    this.compose = compose;
    this.admitMessages = admitMessages;
    this.bounces = bounces;
    this.sender = sender;
    this.judgeResult = new JudgeResult(retries);
    this.throttle = throttle;
    this.transactions = transactions;
    this.clock = clock;
    this.counts = counts;
    this.messagesEnded = messagesEnded;
  }

  /**
   * @return whether there may be more to do at once
   */
  public boolean step() {
    int room = sender.isReady() ? throttle.take(BATCH) : 0;
    if (room == 0) {
      return false;
    }
    Batch batch = claimMessages.claim(sender.channel(), room);
    throttle.giveBack(room - batch.claimed().size());
    if (!batch.claimed().isEmpty()) {
      send(batch);
    }
    // Where the throttle left less room, the next messages gather until the worker looks again.
    return batch.claimed().size() == BATCH;
  }

  private void send(Batch batch) {
    List<Settled> settled = new ArrayList<>();
    List<Ready> ready = new ArrayList<>();
    List<History.Entry> entries = new ArrayList<>();
    Instant now = clock.instant();
    for (Claimed message : batch.claimed()) {
      Optional<Settled> held = admitMessages.hold(message, batch.choices(message), now);
      if (held.isPresent()) {
        settled.add(held.get());
        if (held.get() instanceof Settled.Skipped) {
          entries.add(ComposeMessage.withoutWords(message));
        }
        continue;
      }
      switch (compose.compose(message, batch)) {
        case ComposeMessage.Outcome.Composed composed -> {
          entries.add(composed.entry());
          ready.add(new Ready(message, composed.outgoing()));
        }
        case ComposeMessage.Outcome.Impossible(Failure failure) -> {
          entries.add(ComposeMessage.withoutWords(message));
          settled.add(new Settled.Failed(message.id(), failure, now));
        }
        case ComposeMessage.Outcome.NotYet _ -> {
          Settled outcome = judgeResult.notYet(message, now);
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
      claimMessages.giveBack(batch.claimed());
      throw e;
    }
    Map<UUID, Settled> refused = admitMessages.refused(ready, now);
    settled.addAll(refused.values());
    ready.removeIf(one -> refused.containsKey(one.message().id()));
    List<Result> results = sent(ready);
    transactions.run(tx -> settle(batch, settled, ready, results, tx));
  }

  private List<Result> sent(List<Ready> ready) {
    List<Result> results =
        ready.isEmpty()
            ? List.of()
            : new ArrayList<>(sender.send(ready.stream().map(Ready::outgoing).toList()));
    while (results.size() < ready.size()) {
      results.add(new Result.Unavailable("there is no answer"));
    }
    return results;
  }

  private void settle(
      Batch batch, List<Settled> before, List<Ready> ready, List<Result> results, UnitOfWork tx) {
    Instant now = clock.instant();
    List<Settled> settled = new ArrayList<>(before);
    Set<UUID> gone = new HashSet<>();
    List<Bounce> bounced = new ArrayList<>();
    for (int i = 0; i < ready.size(); i++) {
      Claimed message = ready.get(i).message();
      Result result = results.get(i);
      settled.add(judgeResult.judge(message, result, now));
      if (result instanceof Result.Bounced(String reason)) {
        bounced.add(admitMessages.bounce(ready.get(i), reason, now));
        if (message.channel() == Channel.PUSH) {
          gone.add(message.device());
        }
      }
    }
    messages.settle(settled, tx);
    if (!bounced.isEmpty()) {
      bounces.add(bounced, tx);
    }
    if (!gone.isEmpty()) {
      devices.remove(gone, tx);
    }
    announce(batch.claimed(), settled, tx);
    tx.afterCommit(() -> {
      settled.forEach(one -> counts.count(sender.channel(), one));
      messagesEnded.run();
    });
  }

  private static void announce(List<Claimed> claimed, List<Settled> settled, UnitOfWork tx) {
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
