package dev.reserva.notifications;

import dev.reserva.notifications.adapters.folder.FolderSender;
import dev.reserva.notifications.adapters.guard.GuardedSender;
import dev.reserva.notifications.adapters.http.FcmApi;
import dev.reserva.notifications.adapters.http.HttpSender;
import dev.reserva.notifications.adapters.http.ProviderClient;
import dev.reserva.notifications.adapters.http.ServiceAccount;
import dev.reserva.notifications.adapters.http.TwilioApi;
import dev.reserva.notifications.adapters.mail.MailComposer;
import dev.reserva.notifications.adapters.mail.SmtpSender;
import dev.reserva.notifications.application.MessageSender;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.platform.files.DataFolder;
import java.net.URI;
import java.nio.file.Path;
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
        ? new FolderSender(data.path().resolve(OUTBOX), Channel.EMAIL, "eml", composer::write)
        : new GuardedSender(new SmtpSender(server(properties.smtp()), composer));
  }

  /** Connections to the providers of the other channels. */
  record PhoneClients(ProviderClient sms, ProviderClient push) implements AutoCloseable {
    @Override
    public void close() {
      sms.close();
      push.close();
    }
  }

  @Bean
  PhoneClients phoneClients(NotificationsProperties properties) {
    return new PhoneClients(
        new ProviderClient(properties.sms().timeout()),
        new ProviderClient(properties.push().timeout()));
  }

  @Bean
  MessageSender smsSender(
      NotificationsProperties properties, PhoneClients clients, DataFolder data) {
    SmsProperties sms = properties.sms();
    return sms.account() == null || sms.token() == null || sms.from() == null
        ? intoOutbox(data, Channel.SMS)
        : new GuardedSender(
            new HttpSender(
                Channel.SMS,
                new TwilioApi(clients.sms(), sms.url(), sms.account(), sms.token(), sms.from())));
  }

  @Bean
  MessageSender pushSender(
      NotificationsProperties properties, PhoneClients clients, DataFolder data, Clock clock) {
    PushProperties push = properties.push();
    return push.project() == null || push.serviceAccount() == null
        ? intoOutbox(data, Channel.PUSH)
        : new GuardedSender(
            new HttpSender(
                Channel.PUSH,
                new FcmApi(
                    clients.push(),
                    push.url(),
                    push.project(),
                    ServiceAccount.read(
                        Path.of(push.serviceAccount()),
                        clients.push(),
                        URI.create(push.tokenUrl()),
                        clock))));
  }

  private static MessageSender intoOutbox(DataFolder data, Channel channel) {
    return new FolderSender(
        data.path().resolve(OUTBOX), channel, channel.wire(), FolderSender::writeText);
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
