package dev.reserva.notifications;

import dev.reserva.notifications.adapters.guard.GuardedSender;
import dev.reserva.notifications.adapters.mail.FolderSender;
import dev.reserva.notifications.adapters.mail.MailComposer;
import dev.reserva.notifications.adapters.mail.SmtpSender;
import dev.reserva.notifications.application.MessageSender;
import dev.reserva.platform.files.DataFolder;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Wires the channels by which messages leave. */
@Configuration(proxyBeanMethods = false)
class ChannelsConfiguration {

  private static final String OUTBOX = "outbox";

  /** Longest wait for a connection, for a reply, and for the server to take bytes. */
  private static final Duration TIME_OUT = Duration.ofSeconds(10);

  @Bean
  MessageSender mailSender(NotificationsProperties properties, DataFolder data, Clock clock) {
    var composer = new MailComposer(properties.sender(), properties.shopName(), clock);
    return properties.smtp().host() == null
        ? new FolderSender(data.path().resolve(OUTBOX), composer)
        : new GuardedSender(new SmtpSender(server(properties.smtp()), composer));
  }

  private static JavaMailSenderImpl server(NotificationsProperties.Smtp smtp) {
    var server = new JavaMailSenderImpl();
    server.setHost(smtp.host());
    server.setPort(smtp.port());
    server.setUsername(smtp.username());
    server.setPassword(smtp.password());
    server.setDefaultEncoding("UTF-8");
    boolean tls = smtp.security().equals("tls");
    server.setProtocol(tls ? "smtps" : "smtp");
    String prefix = tls ? "mail.smtps." : "mail.smtp.";
    Properties mail = server.getJavaMailProperties();
    String millis = Long.toString(TIME_OUT.toMillis());
    mail.setProperty(prefix + "connectiontimeout", millis);
    mail.setProperty(prefix + "timeout", millis);
    mail.setProperty(prefix + "writetimeout", millis);
    mail.setProperty(prefix + "auth", Boolean.toString(smtp.username() != null));
    mail.setProperty(prefix + "ssl.checkserveridentity", "true");
    if (smtp.security().equals("starttls")) {
      mail.setProperty(prefix + "starttls.enable", "true");
      mail.setProperty(prefix + "starttls.required", "true");
    }
    return server;
  }
}
