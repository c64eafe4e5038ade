package dev.reserva.notifications.application;

import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.application.Messages.Claimed;
import dev.reserva.notifications.application.Messages.Settled;
import dev.reserva.notifications.application.Recipients.Contact;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Choices;
import dev.reserva.notifications.domain.Retries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Claims messages that are due, with what is known of their recipients. */
public final class ClaimMessages {

  /** Longer than a step takes when a provider answers each of its messages slowly. */
  static final Duration LEASE = Duration.ofMinutes(10);

  private final Messages messages;
  private final Recipients recipients;
  private final LockedContacts lockedContacts;
  private final Devices devices;
  private final Preferences preferences;
  private final Transactions transactions;
  private final Clock clock;

  public ClaimMessages(
      Messages messages,
      Recipients recipients,
      LockedContacts lockedContacts,
      Devices devices,
      Preferences preferences,
      Transactions transactions,
      Clock clock) {
    this.messages = messages;
    this.recipients = recipients;
    this.lockedContacts = lockedContacts;
    this.devices = devices;
    this.preferences = preferences;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * @param tokens of devices, by their ids
   */
  record Batch(
      List<Claimed> claimed,
      Map<UUID, Contact> contacts,
      Map<UUID, String> tokens,
      Map<UUID, Choices> chosen) {

    /** What the customer of a message wants to receive. */
    Choices choices(Claimed message) {
      return message.customerId() == null
          ? Choices.NONE
          : chosen.getOrDefault(message.customerId(), Choices.NONE);
    }

    /** How the customer of a message is reached; absent if nothing is known of it. */
    @Nullable Contact contact(Claimed message) {
      return message.customerId() == null ? null : contacts.get(message.customerId());
    }
  }

  /**
   * @throws DependencyUnavailable if the process with the keys of the customers does not answer;
   *     the messages wait, and their attempts do not count
   */
  Batch claim(Channel channel, int limit) {
    return unlocked(transactions.call(tx -> claim(channel, limit, tx)));
  }

  private Batch claim(Channel channel, int limit, UnitOfWork tx) {
    List<Claimed> claimed = messages.claim(channel, limit, LEASE, tx);
    Set<UUID> customers = new HashSet<>();
    for (Claimed message : claimed) {
      if (message.customerId() != null) {
        customers.add(message.customerId());
      }
    }
    Set<UUID> addressed =
        channel == Channel.PUSH
            ? claimed.stream().map(Claimed::device).collect(Collectors.toSet())
            : Set.of();
    return new Batch(
        claimed,
        customers.isEmpty() ? Map.of() : recipients.find(customers, tx),
        addressed.isEmpty() ? Map.of() : devices.tokens(addressed, tx),
        customers.isEmpty() ? Map.of() : preferences.find(customers, tx));
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
      giveBack(batch.claimed());
      throw e;
    }
    return new Batch(batch.claimed(), contacts, batch.tokens(), batch.chosen());
  }

  /** Lets messages wait of which nothing has left. Their attempts do not count. */
  void giveBack(List<Claimed> claimed) {
    Instant until = clock.instant().plus(Retries.FIRST_PAUSE);
    transactions.run(tx ->
        messages.settle(
            claimed.stream()
                .<Settled>map(message -> new Settled.Postponed(message.id(), until, false))
                .toList(),
            tx));
  }
}
