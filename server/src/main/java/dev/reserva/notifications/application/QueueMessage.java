package dev.reserva.notifications.application;

import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Detail;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes a message that somebody sends by hand. */
public final class QueueMessage {

  private final Messages messages;
  private final Ids ids;
  private final Runnable messagesAdded;

  /**
   * @param messagesAdded called after the commit
   */
  public QueueMessage(Messages messages, Ids ids, Runnable messagesAdded) {
    this.messages = messages;
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

  public NewMessage queue(Command command, UnitOfWork tx) {
    UUID id = ids.next();
    String recipient = command.recipient();
    NewMessage message =
        new NewMessage(
            id,
            id,
            command.template(),
            command.channel(),
            recipient == null ? NewMessage.CUSTOMER : recipient,
            null,
            command.customerId(),
            NewMessage.MANUAL,
            command.details(),
            tx.now());
    messages.add(List.of(message), tx);
    tx.afterCommit(messagesAdded);
    return message;
  }
}
