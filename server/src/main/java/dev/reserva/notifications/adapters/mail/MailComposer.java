package dev.reserva.notifications.adapters.mail;

import dev.reserva.notifications.application.MessageSender.Outgoing;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.StreamProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.util.MailStreamProvider;

/**
 * Makes MIME messages: text and HTML as alternatives, in UTF-8. The Message-ID follows from the
 * message's id, so that a mail that is sent again can be recognized.
 */
public final class MailComposer {

  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private static final Session NO_SERVER = Session.getInstance(new Properties());

  static {
    // Jakarta Mail would look its provider up in the whole class path for each part of each mail.
    System.getProperties()
        .putIfAbsent(StreamProvider.class.getName(), MailStreamProvider.class.getName());
  }

  private final InternetAddress sender;
  private final String shopName;
  private final Clock clock;

  /**
   * @param sender address that mails are from
   * @throws IllegalArgumentException if it is no address
   */
  public MailComposer(String sender, String shopName, Clock clock) {
    try {
      this.sender = new InternetAddress(sender, shopName, UTF_8);
      this.sender.validate();
    } catch (MessagingException | UnsupportedEncodingException e) {
      throw new IllegalArgumentException(
          "reserva.notifications.sender must be an e-mail address such as shop@example.org, was \"%s\""
              .formatted(sender),
          e);
    }
    this.shopName = shopName;
    this.clock = clock;
  }

  /**
   * @throws MessagingException if the recipient's address cannot be written into a message
   */
  MimeMessage compose(Outgoing outgoing, Session session) throws MessagingException {
    MimeMessage message = new IdentifiedMessage(session, messageId(outgoing));
    message.setFrom(sender);
    message.setRecipient(RecipientType.TO, new InternetAddress(outgoing.address(), true));
    message.setSubject(outgoing.words().subject(), UTF_8);
    message.setSentDate(Date.from(clock.instant()));
    String html = outgoing.words().html();
    if (html == null) {
      message.setText(outgoing.words().text(), UTF_8);
    } else {
      message.setContent(
          new MimeMultipart(
              "alternative", part(outgoing.words().text(), "plain"), part(html, "html")));
    }
    message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: no automatic reply is wanted
    message.setHeader("Content-Language", outgoing.language().wire());
    if (outgoing.unsubscribe() != null) { // RFC 8058
      message.setHeader("List-Unsubscribe", "<" + outgoing.unsubscribe() + ">");
      message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
    message.saveChanges();
    return message;
  }

  private static MimeBodyPart part(String words, String subtype) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(words, UTF_8, subtype);
    return part;
  }

  /**
   * Writes a message as the file that mail programs read.
   *
   * @return whether the recipient's address can be used
   */
  public boolean write(Outgoing outgoing, OutputStream file) throws IOException {
    try {
      compose(outgoing, NO_SERVER).writeTo(file);
      return true;
    } catch (MessagingException e) {
      return false;
    }
  }

  private String messageId(Outgoing outgoing) {
    String address = sender.getAddress();
    return "<%s@%s>".formatted(outgoing.id(), address.substring(address.indexOf('@') + 1));
  }

  @Override
  public String toString() {
    return "MailComposer[%s]".formatted(shopName);
  }

  /** Jakarta Mail would write another Message-ID whenever a message is saved. */
  private static final class IdentifiedMessage extends MimeMessage {
    private final String id;

    IdentifiedMessage(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
