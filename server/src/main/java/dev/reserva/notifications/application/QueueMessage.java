package dev.reserva.notifications.application;

import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Detail;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes a message that somebody sends by hand. */
public final class QueueMessage {

  private final Messages messages;
  private final Devices devices;
  private final Ids ids;
  private final Runnable messagesAdded;

  /**
   * @param messagesAdded called after the commit
   */
  public QueueMessage(Messages messages, Devices devices, Ids ids, Runnable messagesAdded) {
    this.messages = messages;
    this.devices = devices;
    this.ids = ids;
    this.messagesAdded = messagesAdded;
  }

  /**
   * @param recipient an address; absent for the customer's own
   * @param customerId absent for an address
   */
  public record Command(
      Channel channel,
      @Nullable String recipient,
      @Nullable UUID customerId,
      String template,
      Map<String, Detail> details) {

    /** Hides the address: personal data stays out of logs. */
    @Override
    public String toString() {
      return "Command[channel=%s, template=%s]".formatted(channel, template);
    }
  }

  /**
   * @return the messages: one, and of a push message one for each device of the customer
   */
  public List<NewMessage> queue(Command command, UnitOfWork tx) {
    List<NewMessage> added =
        recipients(command, tx).stream().map(it -> message(command, it, tx)).toList();
    if (!added.isEmpty()) {
      messages.add(added, tx);
      tx.afterCommit(messagesAdded);
    }
    return added;
  }

  private List<String> recipients(Command command, UnitOfWork tx) {
    UUID customer = command.customerId();
    if (command.channel() == Channel.PUSH && customer != null) {
      return devices.of(Set.of(customer), tx).getOrDefault(customer, Set.of()).stream()
          .map(UUID::toString)
          .toList();
    }
    return List.of(Objects.requireNonNullElse(command.recipient(), NewMessage.CUSTOMER));
  }

  private NewMessage message(Command command, String recipient, UnitOfWork tx) {
    UUID id = ids.next();
    return new NewMessage(
        id,
        id,
        command.template(),
        command.channel(),
        recipient,
        null,
        command.customerId(),
        NewMessage.MANUAL,
        command.details(),
        tx.now());
  }
}
