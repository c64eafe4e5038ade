package dev.reserva.notifications;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import dev.reserva.notifications.adapters.messaging.FactMessages;
import dev.reserva.notifications.adapters.postgres.MessageChecks;
import dev.reserva.notifications.adapters.postgres.PostgresHistory;
import dev.reserva.notifications.adapters.postgres.PostgresMessages;
import dev.reserva.notifications.adapters.postgres.PostgresRecipients;
import dev.reserva.notifications.adapters.sealing.AskedContacts;
import dev.reserva.notifications.adapters.sealing.SealedHistory;
import dev.reserva.notifications.adapters.web.MessageRecords;
import dev.reserva.notifications.adapters.web.NotificationRoutes;
import dev.reserva.notifications.adapters.web.NotificationsController;
import dev.reserva.notifications.application.ComposeMessage;
import dev.reserva.notifications.application.FindMessages;
import dev.reserva.notifications.application.FollowCustomers;
import dev.reserva.notifications.application.HearFacts;
import dev.reserva.notifications.application.History;
import dev.reserva.notifications.application.MessageSender;
import dev.reserva.notifications.application.Messages;
import dev.reserva.notifications.application.QueueMessage;
import dev.reserva.notifications.application.Recipients;
import dev.reserva.notifications.application.RemoveOld;
import dev.reserva.notifications.application.Renderer;
import dev.reserva.notifications.application.SendMessages;
import dev.reserva.notifications.domain.Formats;
import dev.reserva.notifications.domain.Retries;
import dev.reserva.platform.database.ServiceSchema;
import dev.reserva.platform.integrity.IntegrityCheck;
import dev.reserva.platform.privacy.PersonalRecords;
import dev.reserva.platform.privacy.PersonalTexts;
import dev.reserva.platform.privacy.SubjectKeys;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.web.Commands;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires the notifications service; the only place that knows all of its parts. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotificationsProperties.class)
@Import({ChannelsConfiguration.class, TemplatesConfiguration.class})
public class NotificationsConfiguration {

  static final String SENDING_WORKER = "notifications.sending";

  /** Nothing wakes the worker when a retry is due. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private static final Duration REMOVE_EVERY = Duration.ofMinutes(10);

  @Bean
  ServiceSchema notificationsSchema() {
    return new ServiceSchema("notifications");
  }

  @Bean
  Routes notificationsRoutes() {
    return NotificationRoutes.all();
  }

  @Bean
  Messages notificationMessages(NotificationsProperties properties) {
    return new PostgresMessages(properties.gather());
  }

  @Bean
  History notificationHistory(SubjectKeys keys, Transactions transactions) {
    return new SealedHistory(new PostgresHistory(transactions), keys, transactions);
  }

  @Bean
  Recipients notificationRecipients(SubjectKeys keys) {
    return new PostgresRecipients(keys);
  }

  @Bean
  Subscription notificationsSubscription(
      Messages messages,
      Recipients recipients,
      Ids ids,
      NotificationsProperties properties,
      ObjectProvider<Backbone> backbone) {
    return new FactMessages(
            new HearFacts(
                messages,
                ids,
                properties.operators(),
                properties.maxAge(),
                () -> backbone.getObject().wake(SENDING_WORKER)),
            new FollowCustomers(recipients))
        .subscription();
  }

  @Bean
  Worker notificationsSending(
      Messages messages,
      Recipients recipients,
      PersonalTexts personalTexts,
      History history,
      Renderer renderer,
      Formats formats,
      List<MessageSender> senders,
      NotificationsProperties properties,
      Transactions transactions,
      Clock clock) {
    var compose =
        new ComposeMessage(renderer, formats, properties.shopLanguage(), properties.shopName());
    var sendMessages =
        new SendMessages(
            messages,
            recipients,
            new AskedContacts(personalTexts),
            history,
            compose,
            senders,
            new Retries(properties.maxAttempts()),
            new BucketThrottle(properties.perSecond()),
            transactions,
            clock);
    return new Worker(SENDING_WORKER, LOOK_EVERY, sendMessages::step);
  }

  @Bean
  Worker notificationsRemoval(
      Messages messages,
      History history,
      NotificationsProperties properties,
      Transactions transactions,
      Clock clock) {
    var removeOld = new RemoveOld(messages, history, transactions, properties.retention(), clock);
    return new Worker("notifications.removal", REMOVE_EVERY, removeOld::step);
  }

  @Bean
  NotificationsController notificationsController(
      Messages messages,
      History history,
      Ids ids,
      Transactions transactions,
      Commands commands,
      ObjectProvider<Backbone> backbone) {
    return new NotificationsController(
        new FindMessages(messages, history, transactions),
        new QueueMessage(messages, ids, () -> backbone.getObject().wake(SENDING_WORKER)),
        commands);
  }

  @Bean
  PersonalRecords notificationRecords(History history) {
    return new MessageRecords(history);
  }

  @Bean
  IntegrityCheck onePerRecipient() {
    return MessageChecks.onePerRecipient();
  }

  @Bean
  IntegrityCheck sentByAnAttempt() {
    return MessageChecks.sentByAnAttempt();
  }

  @Bean
  IntegrityCheck noneLeftBehind() {
    return MessageChecks.noneLeftBehind();
  }
}
