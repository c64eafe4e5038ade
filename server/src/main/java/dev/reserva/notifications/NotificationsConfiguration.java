package dev.reserva.notifications;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import dev.reserva.notifications.adapters.messaging.FactMessages;
import dev.reserva.notifications.adapters.postgres.MessageChecks;
import dev.reserva.notifications.adapters.postgres.PostgresDevices;
import dev.reserva.notifications.adapters.postgres.PostgresMessages;
import dev.reserva.notifications.adapters.postgres.PostgresRecipients;
import dev.reserva.notifications.adapters.sealing.AskedContacts;
import dev.reserva.notifications.adapters.sealing.KeyedFingerprints;
import dev.reserva.notifications.adapters.sealing.SealedHistory;
import dev.reserva.notifications.adapters.web.DeviceRecords;
import dev.reserva.notifications.adapters.web.DevicesController;
import dev.reserva.notifications.adapters.web.MessageRecords;
import dev.reserva.notifications.adapters.web.MessageTraces;
import dev.reserva.notifications.adapters.web.NotificationRoutes;
import dev.reserva.notifications.adapters.web.NotificationsController;
import dev.reserva.notifications.application.AdmitMessages;
import dev.reserva.notifications.application.Allowances;
import dev.reserva.notifications.application.Bounces;
import dev.reserva.notifications.application.ClaimMessages;
import dev.reserva.notifications.application.ComposeMessage;
import dev.reserva.notifications.application.Devices;
import dev.reserva.notifications.application.FindMessages;
import dev.reserva.notifications.application.Fingerprints;
import dev.reserva.notifications.application.FollowCustomers;
import dev.reserva.notifications.application.HearFacts;
import dev.reserva.notifications.application.History;
import dev.reserva.notifications.application.MessageSender;
import dev.reserva.notifications.application.Messages;
import dev.reserva.notifications.application.Preferences;
import dev.reserva.notifications.application.QueueMessage;
import dev.reserva.notifications.application.Recipients;
import dev.reserva.notifications.application.RecordEnds;
import dev.reserva.notifications.application.RegisterDevice;
import dev.reserva.notifications.application.RemoveOld;
import dev.reserva.notifications.application.Renderer;
import dev.reserva.notifications.application.SendMessages;
import dev.reserva.notifications.application.SendingCounts;
import dev.reserva.notifications.application.TellByPhone;
import dev.reserva.notifications.application.Throttle;
import dev.reserva.notifications.application.UnsubscribeLinks;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Formats;
import dev.reserva.notifications.domain.Retries;
import dev.reserva.platform.database.ServiceSchema;
import dev.reserva.platform.integrity.IntegrityCheck;
import dev.reserva.platform.privacy.PersonalRecords;
import dev.reserva.platform.privacy.PersonalTexts;
import dev.reserva.platform.privacy.SubjectKeys;
import dev.reserva.platform.security.InstallationSecret;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.timeline.OrderTraces;
import dev.reserva.platform.web.Commands;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires the notifications service; the only place that knows all of its parts. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotificationsProperties.class)
@Import({
  AdmissionConfiguration.class,
  ChannelsConfiguration.class,
  HistoryConfiguration.class,
  MonitoringConfiguration.class,
  TemplatesConfiguration.class
})
public class NotificationsConfiguration {

  private static final String RECORDING_WORKER = "notifications.recording";

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
  History notificationHistory(
      HistoryConfiguration.StoredHistory stored, SubjectKeys keys, Transactions transactions) {
    return new SealedHistory(stored.history(), keys, transactions);
  }

  @Bean
  Recipients notificationRecipients(SubjectKeys keys) {
    return new PostgresRecipients(keys);
  }

  @Bean
  Fingerprints addressFingerprints(InstallationSecret secret) {
    return new KeyedFingerprints(secret.value());
  }

  @Bean
  Devices customerDevices(SubjectKeys keys, Fingerprints fingerprints) {
    return new PostgresDevices(keys, fingerprints);
  }

  private static String sending(Channel channel) {
    return "notifications.sending." + channel.wire();
  }

  private static Runnable wakeSending(ObjectProvider<Backbone> backbone) {
    return () -> {
      for (Channel channel : Channel.values()) {
        backbone.getObject().wake(sending(channel));
      }
    };
  }

  @Bean
  Subscription notificationsSubscription(
      Messages messages,
      Recipients recipients,
      Devices devices,
      Ids ids,
      NotificationsProperties properties,
      ObjectProvider<Backbone> backbone) {
    return new FactMessages(
            new HearFacts(
                messages,
                new TellByPhone(messages, recipients, devices, ids, properties.byPhone()),
                ids,
                properties.operators(),
                properties.maxAge(),
                wakeSending(backbone)),
            new FollowCustomers(recipients))
        .subscription();
  }

  @Bean
  ClaimMessages claimMessages(
      Messages messages,
      Recipients recipients,
      PersonalTexts personalTexts,
      Devices devices,
      Preferences preferences,
      Transactions transactions,
      Clock clock) {
    return new ClaimMessages(
        messages,
        recipients,
        new AskedContacts(personalTexts),
        devices,
        preferences,
        transactions,
        clock);
  }

  @Bean
  ComposeMessage composeMessage(
      Renderer renderer,
      Formats formats,
      UnsubscribeLinks links,
      NotificationsProperties properties) {
    return new ComposeMessage(
        renderer,
        formats,
        properties.shopLanguage(),
        properties.shopName(),
        properties.sms().numbering(),
        links);
  }

  /** How many messages leave in a second by all channels together. */
  @Bean
  Throttle messageThrottle(NotificationsProperties properties) {
    return new BucketThrottle(properties.perSecond());
  }

  /** What a worker of each channel sends with. */
  @Bean
  SendingParts sendingParts(
      ClaimMessages claimMessages,
      Messages messages,
      Devices devices,
      History history,
      ComposeMessage compose,
      AdmitMessages admitMessages,
      Bounces bounces,
      Throttle throttle,
      NotificationsProperties properties,
      Transactions transactions,
      Clock clock,
      SendingCounts counts,
      ObjectProvider<Backbone> backbone) {
    return sender ->
        new Worker(
            sending(sender.channel()),
            LOOK_EVERY,
            new SendMessages(
                    claimMessages,
                    messages,
                    devices,
                    history,
                    compose,
                    admitMessages,
                    bounces,
                    sender,
                    new Retries(properties.maxAttempts()),
                    throttle,
                    transactions,
                    clock,
                    counts,
                    () -> backbone.getObject().wake(RECORDING_WORKER))
                ::step);
  }

  /** Makes the worker of a channel. */
  @FunctionalInterface
  interface SendingParts {
    Worker worker(MessageSender sender);
  }

  @Bean
  Worker emailSending(SendingParts parts, MessageSender mailSender) {
    return parts.worker(mailSender);
  }

  @Bean
  Worker smsSending(SendingParts parts, MessageSender smsSender) {
    return parts.worker(smsSender);
  }

  @Bean
  Worker pushSending(SendingParts parts, MessageSender pushSender) {
    return parts.worker(pushSender);
  }

  @Bean
  Worker notificationsRecording(Messages messages, History history, Transactions transactions) {
    return new Worker(
        RECORDING_WORKER, LOOK_EVERY, new RecordEnds(messages, history, transactions)::record);
  }

  @Bean
  Worker notificationsRemoval(
      Messages messages,
      History history,
      Allowances allowances,
      NotificationsProperties properties,
      Transactions transactions,
      Clock clock) {
    var removeOld =
        new RemoveOld(messages, history, allowances, transactions, properties.retention(), clock);
    return new Worker("notifications.removal", REMOVE_EVERY, removeOld::step);
  }

  @Bean
  NotificationsController notificationsController(
      Messages messages,
      Devices devices,
      History history,
      Ids ids,
      Transactions transactions,
      Commands commands,
      ObjectProvider<Backbone> backbone) {
    return new NotificationsController(
        new FindMessages(messages, history, transactions),
        new QueueMessage(messages, devices, ids, wakeSending(backbone)),
        commands);
  }

  @Bean
  PersonalRecords notificationRecords(History history) {
    return new MessageRecords(history);
  }

  @Bean
  OrderTraces messageTraces(Messages messages, History history, Transactions transactions) {
    return new MessageTraces(new FindMessages(messages, history, transactions));
  }

  @Bean
  DevicesController devicesController(
      Devices devices,
      Bounces bounces,
      Fingerprints fingerprints,
      Ids ids,
      Transactions transactions,
      Commands commands) {
    return new DevicesController(
        devices, new RegisterDevice(devices, bounces, fingerprints, ids), transactions, commands);
  }

  @Bean
  PersonalRecords deviceRecords(Devices devices) {
    return new DeviceRecords(devices);
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
