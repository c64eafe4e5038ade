package dev.reserva.notifications.adapters.mail;

import dev.reserva.notifications.application.MessageSender;
import dev.reserva.notifications.domain.Channel;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Sends mails to a mail server, those of a step over one connection. SMTP has no idempotency key: a
 * mail whose acceptance is not known is sent again, with the same Message-ID.
 */
public final class SmtpSender implements MessageSender {

  private final JavaMailSenderImpl server;
  private final MailComposer composer;

  public SmtpSender(JavaMailSenderImpl server, MailComposer composer) {
    this.server = server;
    this.composer = composer;
  }

  @Override
  public Channel channel() {
    return Channel.EMAIL;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public List<Result> send(List<Outgoing> messages) {
    Map<Outgoing, Result> results = new HashMap<>();
    Map<Outgoing, MimeMessage> mails = new HashMap<>();
    for (Outgoing outgoing : messages) {
      try {
        mails.put(outgoing, composer.compose(outgoing, server.getSession()));
      } catch (MessagingException e) {
        results.put(outgoing, new Result.Bounced("the address cannot be used"));
      }
    }
    Map<Object, Exception> failures = failures(List.copyOf(mails.values()));
    mails.forEach(
        (outgoing, mail) -> results.put(outgoing, SmtpReplies.result(failures.get(mail))));
    List<Result> ordered = new ArrayList<>(messages.size());
    messages.forEach(outgoing -> ordered.add(resultOf(outgoing, results)));
    return ordered;
  }

  private static Result resultOf(Outgoing outgoing, Map<Outgoing, Result> results) {
    Result result = results.get(outgoing);
    return result == null ? new Result.Unavailable("there is no answer") : result;
  }

  /** The mails that the server has not taken, each with the reason. */
  private Map<Object, Exception> failures(List<MimeMessage> mails) {
    if (mails.isEmpty()) {
      return Map.of();
    }
    try {
      server.send(mails.toArray(MimeMessage[]::new));
      return Map.of();
    } catch (MailSendException e) {
      return e.getFailedMessages().isEmpty() ? all(mails, e) : e.getFailedMessages();
    } catch (MailException e) {
      return all(mails, e);
    }
  }

  private static Map<Object, Exception> all(List<MimeMessage> mails, Exception reason) {
    Map<Object, Exception> failures = new HashMap<>();
    mails.forEach(mail -> failures.put(mail, reason));
    return failures;
  }
}
