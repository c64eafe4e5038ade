package dev.reserva.notifications.adapters.mail;

import dev.reserva.notifications.application.MessageSender.Outgoing;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Properties;
import org.springframework.mail.javamail.MimeMessageHelper;

/**
 * Makes MIME messages: text and HTML as alternatives, in UTF-8. The Message-ID follows from the
 * message's id, so that a mail that is sent again can be recognized.
 */
public final class MailComposer {

  private static final Session NO_SERVER = Session.getInstance(new Properties());

  private final InternetAddress sender;
  private final String shopName;
  private final Clock clock;

  /**
   * @param sender address that mails are from
   * @throws IllegalArgumentException if it is no address
   */
  public MailComposer(String sender, String shopName, Clock clock) {
    try {
      this.sender = new InternetAddress(sender, shopName, StandardCharsets.UTF_8.name());
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
    MimeMessageHelper helper =
        new MimeMessageHelper(
            message, outgoing.words().html() != null, StandardCharsets.UTF_8.name());
    helper.setFrom(sender);
    helper.setTo(new InternetAddress(outgoing.address(), true));
    helper.setSubject(outgoing.words().subject());
    helper.setSentDate(Date.from(clock.instant()));
    String html = outgoing.words().html();
    if (html == null) {
      helper.setText(outgoing.words().text());
    } else {
      helper.setText(outgoing.words().text(), html);
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
