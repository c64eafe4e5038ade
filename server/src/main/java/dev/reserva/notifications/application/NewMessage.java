package dev.reserva.notifications.application;

import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Detail;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message to be sent.
 *
 * @param occurrence see {@link Heard}
 * @param template the fact's, or the one that a caller names, or {@link #MANUAL}
 * @param recipient an address, or the id of a device, or {@link #CUSTOMER}
 * @param orderId the order that it is about
 * @param customerId the customer whom it is for, if known yet
 * @param trigger type of the event that states the fact, or {@link #MANUAL}
 */
public record NewMessage(
    UUID id,
    UUID occurrence,
    String template,
    Channel channel,
    String recipient,
    @Nullable UUID orderId,
    @Nullable UUID customerId,
    String trigger,
    Map<String, Detail> details,
    Instant createdAt) {

  /** The recipient is the customer of the order, whose address is looked up when it is sent. */
  public static final String CUSTOMER = "customer";

  /** The template and the trigger of a message whose words a caller has written. */
  public static final String MANUAL = "manual";

  /** The template of such a message that tells news. */
  public static final String NEWS = "news";

  /** Names the members of {@code details} that have the words of a message by hand. */
  public static final String SUBJECT = "subject";

  public static final String CONTENT = "content";

  public NewMessage {
    details = Map.copyOf(details);
  }

  /** The message that tells a fact. */
  static NewMessage of(
      UUID id, Heard fact, Channel channel, String recipient, @Nullable UUID customerId) {
    return new NewMessage(
        id,
        fact.occurrence(),
        fact.fact().template(),
        channel,
        recipient,
        fact.orderId(),
        customerId,
        fact.trigger(),
        fact.details(),
        fact.at());
  }
}
