package dev.reserva.webhooks;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import dev.reserva.platform.database.ServiceSchema;
import dev.reserva.platform.events.CloudEvents;
import dev.reserva.platform.integrity.IntegrityCheck;
import dev.reserva.platform.security.InstallationSecret;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.timeline.OrderTraces;
import dev.reserva.platform.web.Commands;
import dev.reserva.webhooks.adapters.http.HttpReceivers;
import dev.reserva.webhooks.adapters.monitoring.DeliveryMetrics;
import dev.reserva.webhooks.adapters.postgres.PostgresBacklogs;
import dev.reserva.webhooks.adapters.postgres.PostgresDeliveries;
import dev.reserva.webhooks.adapters.postgres.PostgresEndpoints;
import dev.reserva.webhooks.adapters.postgres.PostgresReplays;
import dev.reserva.webhooks.adapters.postgres.WebhookIntegrity;
import dev.reserva.webhooks.adapters.sealing.SealedSecrets;
import dev.reserva.webhooks.adapters.web.DeliveriesController;
import dev.reserva.webhooks.adapters.web.DeliveryTraces;
import dev.reserva.webhooks.adapters.web.WebhookRoutes;
import dev.reserva.webhooks.adapters.web.WebhooksController;
import dev.reserva.webhooks.application.AttemptCounts;
import dev.reserva.webhooks.application.Backlogs;
import dev.reserva.webhooks.application.ChangeEndpoint;
import dev.reserva.webhooks.application.Deliveries;
import dev.reserva.webhooks.application.Endpoints;
import dev.reserva.webhooks.application.ForgetDeliveries;
import dev.reserva.webhooks.application.QueueDeliveries;
import dev.reserva.webhooks.application.RecordAttempt;
import dev.reserva.webhooks.application.RegisterEndpoint;
import dev.reserva.webhooks.application.RepeatDeliveries;
import dev.reserva.webhooks.application.ReplayEvents;
import dev.reserva.webhooks.application.Replays;
import dev.reserva.webhooks.application.RotateSecret;
import dev.reserva.webhooks.application.SendDeliveries;
import dev.reserva.webhooks.application.Signatures;
import dev.reserva.webhooks.application.StartReplay;
import dev.reserva.webhooks.application.TestEndpoint;
import dev.reserva.webhooks.domain.RetrySchedule;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the webhooks service; the only place that knows all of its parts. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhooksProperties.class)
public class WebhooksConfiguration {

  private static final String SENDING = "webhooks.sending";

  /** The reader of the log is woken by nobody: events may be posted a second later. */
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private static final Duration FORGETTING = Duration.ofMinutes(10);

  /** An attempt and its record take at most as much longer than its time limit. */
  private static final Duration SPARE = Duration.ofSeconds(30);

  @Bean
  ServiceSchema webhooksSchema() {
    return new ServiceSchema("webhooks");
  }

  @Bean
  Routes webhookRoutes() {
    return WebhookRoutes.all();
  }

  @Bean
  Endpoints webhookEndpoints() {
    return new PostgresEndpoints();
  }

  @Bean
  Deliveries webhookDeliveries() {
    return new PostgresDeliveries();
  }

  @Bean
  Replays webhookReplays() {
    return new PostgresReplays();
  }

  @Bean
  Backlogs webhookBacklogs() {
    return new PostgresBacklogs();
  }

  @Bean
  AttemptCounts webhookAttempts() {
    return new AttemptCounts();
  }

  @Bean
  MeterBinder webhookMetrics(Transactions transactions, Backlogs backlogs, AttemptCounts attempts) {
    return new DeliveryMetrics(transactions, backlogs, attempts);
  }

  @Bean
  Signatures webhookSignatures(InstallationSecret secret) {
    return new SealedSecrets(secret.sealing("secrets of webhooks"));
  }

  @Bean
  HttpReceivers webhookReceivers(WebhooksProperties properties) {
    return new HttpReceivers(properties.urls(), properties.timeout());
  }

  @Bean
  TestEndpoint webhookTest(Deliveries deliveries, Ids ids) {
    return new TestEndpoint(deliveries, ids, CloudEvents::write);
  }

  /** Not a bean of a common type, which would take the place of Spring Boot's own executor. */
  record AttemptThreads(ExecutorService executor) implements AutoCloseable {

    /** One for each attempt; how many there are is bounded by endpoints and their limits. */
    static AttemptThreads virtual() {
      return new AttemptThreads(
          Executors.newThreadPerTaskExecutor(
              Thread.ofVirtual().name("webhooks-attempt-", 0).factory()));
    }

    @Override
    public void close() {
      executor.shutdownNow();
    }
  }

  @Bean
  AttemptThreads webhookThreads() {
    return AttemptThreads.virtual();
  }

  @Bean
  Worker webhooksQueueing(
      Transactions transactions,
      EventLog log,
      Endpoints endpoints,
      Deliveries deliveries,
      Ids ids,
      ObjectProvider<Backbone> backbone) {
    var queueDeliveries =
        new QueueDeliveries(
            transactions,
            log,
            endpoints,
            deliveries,
            ids,
            CloudEvents::write,
            () -> backbone.ifAvailable(it -> it.wake(SENDING)));
    return new Worker("webhooks.queueing", INTERVAL, queueDeliveries::run);
  }

  @Bean
  Worker webhooksReplaying(
      Transactions transactions,
      EventLog log,
      Endpoints endpoints,
      Deliveries deliveries,
      Replays replays,
      Backlogs backlogs,
      Ids ids,
      ObjectProvider<Backbone> backbone) {
    var replayEvents =
        new ReplayEvents(
            transactions,
            log,
            endpoints,
            deliveries,
            replays,
            backlogs,
            ids,
            CloudEvents::write,
            () -> backbone.ifAvailable(it -> it.wake(SENDING)));
    return new Worker("webhooks.replaying", INTERVAL, replayEvents::run);
  }

  @Bean
  Worker webhooksSending(
      WebhooksProperties properties,
      Transactions transactions,
      Endpoints endpoints,
      Deliveries deliveries,
      Signatures signatures,
      HttpReceivers receivers,
      Clock clock,
      AttemptCounts attempts,
      AttemptThreads webhookThreads,
      ObjectProvider<Backbone> backbone) {
    var recordAttempt =
        new RecordAttempt(
            endpoints,
            deliveries,
            new RetrySchedule(properties.retries()),
            () -> ThreadLocalRandom.current().nextDouble());
    var sendDeliveries =
        new SendDeliveries(
            transactions,
            deliveries,
            signatures,
            receivers,
            recordAttempt,
            new SendDeliveries.Settings(
                properties.attemptsPerEndpoint(), properties.timeout().plus(SPARE)),
            clock,
            attempts,
            webhookThreads.executor(),
            () -> backbone.ifAvailable(it -> it.wake(SENDING)));
    return new Worker(SENDING, INTERVAL, sendDeliveries::run);
  }

  @Bean
  Worker webhooksForgetting(Transactions transactions, Deliveries deliveries) {
    return new Worker(
        "webhooks.forgetting", FORGETTING, new ForgetDeliveries(transactions, deliveries)::run);
  }

  @Bean
  WebhooksController webhooksController(
      WebhooksProperties properties,
      Commands commands,
      Transactions transactions,
      Endpoints endpoints,
      Signatures signatures,
      TestEndpoint testEndpoint,
      Ids ids) {
    return new WebhooksController(
        commands,
        transactions,
        endpoints,
        new RegisterEndpoint(endpoints, signatures, ids),
        new ChangeEndpoint(endpoints, testEndpoint),
        new RotateSecret(endpoints, signatures),
        properties.urls());
  }

  @Bean
  DeliveriesController webhookDeliveriesController(
      Commands commands,
      Transactions transactions,
      Endpoints endpoints,
      Deliveries deliveries,
      Replays replays,
      TestEndpoint testEndpoint) {
    return new DeliveriesController(
        commands,
        transactions,
        endpoints,
        deliveries,
        testEndpoint,
        new RepeatDeliveries(endpoints, deliveries),
        replays,
        new StartReplay(endpoints, replays));
  }

  @Bean
  OrderTraces deliveryTraces(EventLog log, Deliveries deliveries, Transactions transactions) {
    return new DeliveryTraces(log, deliveries, transactions);
  }

  @Bean
  IntegrityCheck webhookDeliveredHasSuccess() {
    return WebhookIntegrity.deliveredHasSuccess();
  }

  @Bean
  IntegrityCheck webhookNothingForgotten() {
    return WebhookIntegrity.nothingForgotten();
  }

  @Bean
  IntegrityCheck webhookAttemptsAddUp() {
    return WebhookIntegrity.attemptsAddUp();
  }
}
