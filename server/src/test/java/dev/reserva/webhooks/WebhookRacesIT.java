package dev.reserva.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Worker;
import dev.reserva.platform.integrity.IntegrityCheck;
import dev.reserva.webhooks.adapters.http.HttpReceivers;
import dev.reserva.webhooks.adapters.monitoring.DeliveryMetrics;
import dev.reserva.webhooks.adapters.postgres.WebhookIntegrity;
import dev.reserva.webhooks.application.StartReplay;
import dev.reserva.webhooks.domain.DeliveryStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Several processes at once, and what operators see of the work. */
class WebhookRacesIT {

  private static final int EVENTS = 60;
  private static final int PROCESSES = 6;

  private final WebhooksFixture shop = new WebhooksFixture();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void processes_that_claim_at_once_attempt_each_delivery_once() throws Exception {
    shop.answer("/a", 200, "");
    shop.answer("/b", 200, "");
    UUID first = shop.register("/a", false).endpoint().id();
    UUID second = shop.register("/b", true).endpoint().id();
    publish();
    shop.queue();
    try (HttpReceivers receivers = shop.receivers();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      together(
          () -> shop.sending(threads, receivers),
          () -> shop.got.size() < 2 * EVENTS || isPending(first) || isPending(second));
    }
    assertThat(shop.got).hasSize(2 * EVENTS);
    for (UUID endpoint : List.of(first, second)) {
      assertThat(shop.log(endpoint))
          .hasSize(EVENTS)
          .allSatisfy(logged -> assertThat(logged.attempts()).hasSize(1));
    }
  }

  @Test
  void processes_that_read_the_log_at_once_queue_each_event_once() throws Exception {
    UUID endpoint = shop.register("/a", false).endpoint().id();
    publish();
    together(shop::queueing, () -> shop.log(endpoint).size() < EVENTS);
    assertThat(shop.log(endpoint))
        .extracting(logged -> logged.delivery().eventId())
        .doesNotHaveDuplicates()
        .hasSize(EVENTS);
  }

  @Test
  void processes_that_replay_at_once_queue_each_event_once() throws Exception {
    publish();
    UUID endpoint = shop.register("/a", false).endpoint().id();
    var start = new StartReplay(shop.endpoints, shop.replays);
    shop.database.transactions().run(tx -> start.start(endpoint, Instant.EPOCH, tx));
    together(
        shop::replaying,
        () ->
            shop.database
                .transactions()
                .call(tx -> shop.replays.find(endpoint, tx))
                .orElseThrow()
                .isRunning());
    assertThat(shop.log(endpoint)).hasSize(EVENTS);
    assertThat(
            shop.database
                .transactions()
                .call(tx -> shop.replays.find(endpoint, tx))
                .orElseThrow()
                .deliveries())
        .isEqualTo(EVENTS);
  }

  @Test
  void a_lease_is_judged_by_the_databases_clock() {
    shop.answer("/a", 200, "");
    UUID endpoint = shop.register("/a", false).endpoint().id();
    UUID _ = shop.publish(new UUID(7, 7));
    shop.queue();
    var jdbc = new JdbcTemplate(shop.database.dataSource());
    jdbc.update(
        "update webhooks.delivery set leased_until = clock_timestamp() + interval '1 hour'");
    shop.send();
    assertThat(isPending(endpoint)).isTrue();
    shop.passes(Duration.ofMinutes(61));
    shop.send();
    assertThat(isPending(endpoint)).isFalse();
  }

  @Test
  void attempts_and_what_waits_are_measured() {
    var registry = new SimpleMeterRegistry();
    new DeliveryMetrics(shop.database.transactions(), shop.backlogs, shop.attempts)
        .bindTo(registry);
    shop.answer("/good", 200, "");
    shop.answer("/bad", 500, "");
    UUID _ = shop.register("/good", false).endpoint().id();
    UUID _ = shop.register("/bad", false).endpoint().id();
    UUID _ = shop.publish(new UUID(7, 7));
    shop.queue();
    shop.send();
    shop.passes(Duration.ofMinutes(2));

    assertThat(
            registry
                .get("reserva.webhooks.attempts")
                .tag("outcome", "succeeded")
                .functionCounter()
                .count())
        .isEqualTo(1);
    assertThat(
            registry
                .get("reserva.webhooks.attempts")
                .tag("outcome", "failed")
                .functionCounter()
                .count())
        .isEqualTo(1);
    assertThat(registry.get("reserva.webhooks.pending").tag("state", "active").gauge().value())
        .isEqualTo(1);
    assertThat(registry.get("reserva.webhooks.pending").tag("state", "disabled").gauge().value())
        .isZero();
    assertThat(
            registry.get("reserva.webhooks.overdue.seconds").tag("state", "active").gauge().value())
        .isGreaterThan(100.0);
  }

  @Test
  void a_delivery_that_nobody_attempts_is_noticed_unless_it_waits_for_an_earlier_one() {
    UUID endpoint = shop.register("/a", true).endpoint().id();
    UUID _ = shop.publish(new UUID(7, 7));
    UUID _ = shop.publish(new UUID(7, 7));
    shop.queue();
    assertThat(overdue()).isEmpty();
    shop.passes(Duration.ofMinutes(11));
    assertThat(overdue()).singleElement().asString().contains(endpoint.toString());

    var jdbc = new JdbcTemplate(shop.database.dataSource());
    jdbc.update(
        "update webhooks.delivery set due_at = now() + interval '1 hour' where position = (select min(position) from webhooks.delivery)");
    assertThat(overdue()).isEmpty();
    jdbc.update("update webhooks.endpoint set ordered = false");
    assertThat(overdue()).hasSize(1);
    jdbc.update("update webhooks.endpoint set state = 'DISABLED', disabled_reason = 'OPERATOR'");
    assertThat(overdue()).isEmpty();
  }

  private List<String> overdue() {
    IntegrityCheck check = WebhookIntegrity.nothingForgotten();
    return shop.database.transactions().snapshot(check.run()::on).violations();
  }

  private boolean isPending(UUID endpoint) {
    return shop.log(endpoint).stream()
        .anyMatch(logged -> logged.delivery().status() == DeliveryStatus.PENDING);
  }

  private void publish() {
    for (int i = 0; i < EVENTS; i++) {
      UUID _ = shop.publish(new UUID(7, i));
    }
  }

  /** Runs the steps of several workers at once until there is nothing left. */
  private static void together(
      java.util.function.Supplier<Worker> workers, java.util.function.BooleanSupplier isLeft)
      throws Exception {
    var barrier = new CyclicBarrier(PROCESSES);
    try (ExecutorService processes = Executors.newFixedThreadPool(PROCESSES)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < PROCESSES; i++) {
        Worker worker = workers.get();
        all.add(
            processes.submit(() -> {
              barrier.await();
              while (isLeft.getAsBoolean()) {
                boolean _ = worker.step().run();
              }
              return null;
            }));
      }
      for (Future<?> one : all) {
        Object _ = one.get();
      }
    }
  }
}
