package dev.reserva.notifications.application;

import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.application.MessageSender.Outgoing;
import dev.reserva.notifications.application.Messages.Claimed;
import dev.reserva.notifications.application.Messages.Settled;
import dev.reserva.notifications.domain.Bounce;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Choices;
import dev.reserva.notifications.domain.Failure;
import dev.reserva.notifications.domain.Kind;
import dev.reserva.notifications.domain.QuietHours;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Decides whether a message is sent now, later or never:
 *
 * <ul>
 *   <li>A customer gets no message of a kind that it does not want by this channel.
 *   <li>In quiet hours a message waits until they end. A mail that cannot be unsubscribed goes at
 *       any time.
 *   <li>Nothing goes to an address that was refused for good.
 *   <li>A recipient gets a bounded number of messages a day by each channel. What a customer has to
 *       know of its orders is not counted.
 * </ul>
 */
public final class AdmitMessages {

  private final Bounces bounces;
  private final Allowances allowances;
  private final Fingerprints fingerprints;
  private final Transactions transactions;
  private final Rules rules;

  public AdmitMessages(
      Bounces bounces,
      Allowances allowances,
      Fingerprints fingerprints,
      Transactions transactions,
      Rules rules) {
    this.bounces = bounces;
    this.allowances = allowances;
    this.fingerprints = fingerprints;
    this.transactions = transactions;
    this.rules = rules;
  }

  /**
   * @param quiet hours of channels; a channel without them is never quiet
   * @param zone in which hours and days are meant
   * @param mostPerDay messages of a recipient by each channel
   */
  public record Rules(Map<Channel, QuietHours> quiet, ZoneId zone, int mostPerDay) {
    public Rules {
      quiet = Map.copyOf(quiet);
    }
  }

  /** A message that is composed. */
  record Ready(Claimed message, Outgoing outgoing) {}

  /** What becomes of a message before it is composed; empty if it may go. */
  Optional<Settled> hold(Claimed message, Choices choices, Instant now) {
    Kind kind = message.kind();
    if (message.customerId() != null && !choices.wants(kind, message.channel())) {
      return Optional.of(new Settled.Skipped(message.id(), Failure.UNSUBSCRIBED, now));
    }
    QuietHours quiet = rules.quiet().get(message.channel());
    if (quiet == null || (message.channel() == Channel.EMAIL && kind.isBinding())) {
      return Optional.empty();
    }
    return quiet
        .endAfter(now, rules.zone())
        .map(end -> new Settled.Postponed(message.id(), end, false));
  }

  /** The bounce of a message. */
  Bounce bounce(Ready ready, String reason, Instant now) {
    Claimed message = ready.message();
    return new Bounce(
        message.id(),
        message.channel(),
        fingerprints.of(message.channel(), ready.outgoing().address()),
        message.customerId(),
        reason,
        now);
  }

  /** What becomes of messages that must not go to their addresses; the others may. */
  Map<UUID, Settled> refused(List<Ready> ready, Instant now) {
    return ready.isEmpty() ? Map.of() : transactions.call(tx -> refused(ready, now, tx));
  }

  private Map<UUID, Settled> refused(List<Ready> ready, Instant now, UnitOfWork tx) {
    Map<UUID, String> addresses = new HashMap<>();
    ready.forEach(it ->
        addresses.put(
            it.message().id(), fingerprints.of(it.message().channel(), it.outgoing().address())));
    Set<String> bounced = bounces.among(new HashSet<>(addresses.values()), tx);
    Map<UUID, Settled> refused = new HashMap<>();
    List<Allowances.Asked> asked = new ArrayList<>();
    for (Ready one : ready) {
      UUID id = one.message().id();
      String address = String.valueOf(addresses.get(id));
      if (bounced.contains(address)) {
        refused.put(id, new Settled.Failed(id, Failure.BOUNCED, now));
      } else if (one.message().kind() != Kind.TRANSACTION) {
        asked.add(new Allowances.Asked(id, address));
      }
    }
    if (!asked.isEmpty()) {
      LocalDate today = LocalDate.ofInstant(now, rules.zone());
      Set<UUID> admitted = allowances.take(asked, today, rules.mostPerDay(), tx);
      for (Allowances.Asked one : asked) {
        if (!admitted.contains(one.message())) {
          refused.put(one.message(), new Settled.Skipped(one.message(), Failure.DAILY_CAP, now));
        }
      }
    }
    return refused;
  }
}
