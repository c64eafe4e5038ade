package dev.reserva.notifications.application;

import dev.reserva.notifications.application.ClaimMessages.Batch;
import dev.reserva.notifications.application.MessageSender.Outgoing;
import dev.reserva.notifications.application.Messages.Claimed;
import dev.reserva.notifications.application.Recipients.Contact;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Detail;
import dev.reserva.notifications.domain.Failure;
import dev.reserva.notifications.domain.Formats;
import dev.reserva.notifications.domain.Language;
import dev.reserva.notifications.domain.Numbering;
import dev.reserva.notifications.domain.Rendered;
import dev.reserva.notifications.domain.Status;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the address and the words of a message. */
public final class ComposeMessage {

  private static final Logger LOG = LoggerFactory.getLogger(ComposeMessage.class);

  private final Renderer renderer;
  private final Formats formats;
  private final Language shopLanguage;
  private final String shopName;
  private final Numbering numbering;
  private final UnsubscribeLinks links;

  /**
   * @param shopLanguage of customers who have not chosen one, and of operators
   */
  public ComposeMessage(
      Renderer renderer,
      Formats formats,
      Language shopLanguage,
      String shopName,
      Numbering numbering,
      UnsubscribeLinks links) {
    this.numbering = numbering;
    this.links = links;
    this.renderer = renderer;
    this.formats = formats;
    this.shopLanguage = shopLanguage;
    this.shopName = shopName;
  }

  /** Whether a message can be sent. */
  public sealed interface Outcome {

    record Composed(Outgoing outgoing, History.Entry entry) implements Outcome {}

    record Impossible(Failure failure) implements Outcome {}

    /** What is needed is not known yet. */
    record NotYet() implements Outcome {}
  }

  Outcome compose(Claimed message, Batch batch) {
    boolean toCustomer = message.recipient().equals(NewMessage.CUSTOMER);
    if (!toCustomer && message.channel() != Channel.PUSH) {
      return composed(
          message, new Found(message.recipient(), message.recipient()), shopLanguage, Map.of());
    }
    return switch (batch.contact(message)) {
      case null -> new Outcome.NotYet();
      case Contact.Locked _ -> new Outcome.NotYet();
      case Contact.Erased _ -> new Outcome.Impossible(Failure.ERASED);
      case Contact.Known known -> {
        Optional<Found> address = address(message, known, batch);
        yield address.isEmpty()
            ? new Outcome.Impossible(Failure.NO_ADDRESS)
            : composed(
                message,
                address.get(),
                Objects.requireNonNullElse(known.language(), shopLanguage),
                Map.of("name", new Detail.Text(known.name())));
      }
    };
  }

  /**
   * An address.
   *
   * @param shown as the history shows it
   */
  private record Found(String address, String shown) {}

  private Optional<Found> address(Claimed message, Contact.Known contact, Batch batch) {
    return switch (message.channel()) {
      case EMAIL -> Optional.of(new Found(contact.email(), contact.email()));
      case SMS ->
          Optional.ofNullable(contact.phone())
              .flatMap(numbering::international)
              .map(number -> new Found(number, number));
      case PUSH ->
          Optional.ofNullable(batch.tokens().get(message.device()))
              .map(token -> new Found(token, message.recipient()));
    };
  }

  private Outcome composed(
      Claimed message, Found found, Language language, Map<String, Detail> about) {
    Rendered words;
    try {
      words = words(message, language, about);
    } catch (Renderer.Unrenderable e) {
      LOG.error(
          "template cannot be filled in, the message is given up: message={} template={} error={}",
          message.id(),
          message.template(),
          e.getMessage());
      return new Outcome.Impossible(Failure.TEMPLATE);
    }
    return new Outcome.Composed(
        new Outgoing(message.id(), found.address(), language, words, link(message).orElse(null)),
        entry(message, found.shown(), words));
  }

  /** Mail programs show it as a button. */
  private Optional<String> link(Claimed message) {
    UUID customer = message.customerId();
    return customer == null || message.channel() != Channel.EMAIL || message.kind().isBinding()
        ? Optional.empty()
        : links.link(new UnsubscribeLinks.Subscribed(customer, message.kind(), message.channel()));
  }

  private Rendered words(Claimed message, Language language, Map<String, Detail> about) {
    if (message.template().equals(NewMessage.MANUAL)
        || message.template().equals(NewMessage.NEWS)) {
      return new Rendered(
          text(message, NewMessage.SUBJECT), text(message, NewMessage.CONTENT), null);
    }
    Map<String, Detail> details = new LinkedHashMap<>(message.details());
    details.putAll(about);
    details.put("shop", new Detail.Text(shopName));
    if (message.orderId() != null) {
      details.put("order", new Detail.Text(orderName(message)));
    }
    return renderer.render(
        message.template(),
        message.channel(),
        language,
        new HashMap<>(formats.written(details, language)));
  }

  /** People name an order by its number; one that has none by its id. */
  private static String orderName(Claimed message) {
    return message.orderNumber() == null
        ? String.valueOf(message.orderId())
        : message.orderNumber();
  }

  private static String text(Claimed message, String member) {
    return message.details().get(member) instanceof Detail.Text(String value) ? value : "";
  }

  /** The entry of a message whose words or address are not found. */
  static History.Entry withoutWords(Claimed message) {
    return entry(message, "", new Rendered("", "", null));
  }

  private static History.Entry entry(Claimed message, String address, Rendered words) {
    return new History.Entry(
        message.id(),
        message.channel(),
        message.template(),
        message.orderId(),
        message.customerId(),
        message.trigger(),
        address,
        words.subject(),
        words.text(),
        Status.PENDING,
        null,
        message.createdAt(),
        null);
  }
}
