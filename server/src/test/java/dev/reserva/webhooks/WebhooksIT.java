package dev.reserva.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import dev.reserva.EffectOf;
import dev.reserva.messaging.EventLog.Filter;
import dev.reserva.platform.integrity.IntegrityCheck;
import dev.reserva.webhooks.WebhooksFixture.Got;
import dev.reserva.webhooks.adapters.http.HttpReceivers;
import dev.reserva.webhooks.adapters.postgres.WebhookIntegrity;
import dev.reserva.webhooks.application.ChangeEndpoint;
import dev.reserva.webhooks.application.Deliveries;
import dev.reserva.webhooks.application.RepeatDeliveries;
import dev.reserva.webhooks.application.RotateSecret;
import dev.reserva.webhooks.application.TestEndpoint;
import dev.reserva.webhooks.domain.Delivery;
import dev.reserva.webhooks.domain.DeliveryStatus;
import dev.reserva.webhooks.domain.DisabledReason;
import dev.reserva.webhooks.domain.Endpoint;
import dev.reserva.webhooks.domain.EndpointState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Deliveries to a server of the test. */
class WebhooksIT {

  private static final UUID KEY = new UUID(7, 7);

  private final WebhooksFixture shop = new WebhooksFixture();

  @AfterEach
  void the_books_are_right() {
    for (IntegrityCheck check :
        List.of(
            WebhookIntegrity.deliveredHasSuccess(),
            WebhookIntegrity.attemptsAddUp(),
            WebhookIntegrity.nothingForgotten())) {
      assertThat(shop.database.transactions().snapshot(check.run()::on).violations()).isEmpty();
    }
    shop.close();
  }

  private static List<DeliveryStatus> statuses(List<Deliveries.Logged> log) {
    return log.stream().map(logged -> logged.delivery().status()).toList();
  }

  private Got next() throws InterruptedException {
    return Objects.requireNonNull(shop.got.poll(30, TimeUnit.SECONDS), "nothing was posted");
  }

  @Test
  void an_event_is_posted_once_with_a_signature_that_the_published_library_accepts()
      throws Exception {
    shop.answer("/hook", 200, "thanks");
    shop.publish(KEY);
    shop.queue();
    var endpoint = shop.register("/hook", false);
    UUID event = shop.publish(KEY);
    shop.queue();
    shop.queue();
    shop.send();

    Got posted = next();
    assertThat(posted.headers().firstValue("webhook-id")).contains(event.toString());
    assertThatCode(() -> new Webhook(endpoint.secret()).verify(posted.body(), posted.headers()))
        .doesNotThrowAnyException();
    assertThat(posted.body()).contains("\"specversion\":\"1.0\"");
    assertThat(shop.got).isEmpty();
    Deliveries.Logged log = shop.log(endpoint.endpoint().id()).getFirst();
    assertThat(log.delivery().status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(log.attempts())
        .singleElement()
        .satisfies(attempt -> {
          assertThat(attempt.answer().status()).isEqualTo(200);
          assertThat(attempt.answer().body()).isEqualTo("thanks");
        });
  }

  @Test
  void without_an_endpoint_nothing_is_queued() {
    shop.publish(KEY);
    shop.queue();
    var endpoint = shop.register("/hook", false);
    shop.queue();
    assertThat(shop.log(endpoint.endpoint().id())).isEmpty();
  }

  @Test
  @EffectOf("reserva.webhooks.retries")
  void a_failed_delivery_is_tried_again_until_the_waits_are_over() {
    shop.set("reserva.webhooks.retries", "1m,2h");
    shop.answer("/hook", 503, "x".repeat(5_000));
    UUID endpoint = shop.register("/hook", false).endpoint().id();
    shop.publish(KEY);
    shop.queue();
    shop.send();
    shop.send();
    assertThat(shop.log(endpoint).getFirst().attempts()).as("not due").hasSize(1);
    shop.passes(Duration.ofMinutes(2));
    shop.send();
    assertThat(shop.log(endpoint).getFirst().attempts()).hasSize(2);
    shop.passes(Duration.ofHours(3));
    shop.send();
    shop.passes(Duration.ofDays(3));
    shop.send();
    Deliveries.Logged log = shop.log(endpoint).getFirst();
    assertThat(log.delivery().status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(log.attempts()).hasSize(3);
    assertThat(log.attempts().getFirst().answer().body()).hasSize(1_024);
  }

  @Test
  void a_redelivered_delivery_keeps_its_message_id_and_its_log() throws Exception {
    shop.answer("/hook", 200, "");
    UUID endpoint = shop.register("/hook", false).endpoint().id();
    UUID event = shop.publish(KEY);
    shop.queue();
    shop.send();
    UUID delivery = shop.log(endpoint).getFirst().delivery().id();
    redeliver(delivery);
    shop.send();
    assertThat(List.of(next(), next()))
        .allSatisfy(
            got -> assertThat(got.headers().firstValue("webhook-id")).contains(event.toString()));
    assertThat(shop.log(endpoint).getFirst().attempts()).hasSize(2);
  }

  @Test
  @EffectOf("reserva.webhooks.retries")
  void a_pending_delivery_that_is_redelivered_is_tried_without_waiting() {
    shop.set("reserva.webhooks.retries", "20h,20h");
    shop.answer("/hook", 500, "");
    UUID endpoint = shop.register("/hook", false).endpoint().id();
    shop.publish(KEY);
    shop.queue();
    shop.send();
    UUID delivery = shop.log(endpoint).getFirst().delivery().id();
    redeliver(delivery);
    shop.send();
    assertThat(shop.log(endpoint).getFirst().attempts()).hasSize(2);
    assertThat(shop.log(endpoint).getFirst().delivery().tries())
        .as("the waits go on where they were")
        .isEqualTo(2);
    shop.send();
    assertThat(shop.log(endpoint).getFirst().attempts()).as("not due").hasSize(2);
  }

  @Test
  void an_attempt_under_way_is_not_repeated_by_a_redelivery() {
    shop.answer("/hook", 200, "");
    UUID endpoint = shop.register("/hook", false).endpoint().id();
    shop.publish(KEY);
    shop.queue();
    new JdbcTemplate(shop.database.dataSource())
        .update("update webhooks.delivery set leased_until = now() + interval '1 minute'");
    redeliver(shop.log(endpoint).getFirst().delivery().id());
    shop.send();
    assertThat(shop.got).isEmpty();
  }

  private void redeliver(UUID delivery) {
    var repeat = new RepeatDeliveries(shop.endpoints, shop.deliveries);
    Optional<RepeatDeliveries.Outcome> due =
        shop.database.transactions().call(tx -> repeat.redeliver(delivery, tx));
    assertThat(due)
        .hasValueSatisfying(
            outcome -> assertThat(outcome).isInstanceOf(RepeatDeliveries.Outcome.Due.class));
  }

  @Test
  @EffectOf("reserva.webhooks.attempts-per-endpoint")
  void a_slow_endpoint_takes_its_own_attempts_only_and_delays_no_other() throws Exception {
    shop.set("reserva.webhooks.attempts-per-endpoint", "2");
    CountDownLatch release = new CountDownLatch(1);
    shop.server.createContext(
        "/slow",
        exchange -> {
          shop.keep(exchange);
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          WebhooksFixture.reply(exchange, 200, "");
        });
    shop.answer("/fast", 200, "");
    shop.register("/slow", false);
    UUID fast = shop.register("/fast", false).endpoint().id();
    for (int i = 0; i < 5; i++) {
      shop.publish(new UUID(7, i));
    }
    shop.queue();
    try (HttpReceivers receivers = shop.receivers()) {
      // The leases of the slow endpoint last longer than the test.
      ExecutorService slow = Executors.newVirtualThreadPerTaskExecutor();
      while (statuses(shop.log(fast)).contains(DeliveryStatus.PENDING)) {
        boolean _ = shop.sending(slow, receivers).step().run();
        Thread.onSpinWait();
      }
      assertThat(shop.got.stream().filter(got -> got.path().equals("/slow")).count())
          .isLessThanOrEqualTo(2);
      release.countDown();
      slow.close();
    }
  }

  @Test
  @EffectOf("reserva.webhooks.timeout")
  void an_endpoint_that_never_answers_is_given_up() {
    shop.set("reserva.webhooks.timeout", "200ms");
    CountDownLatch release = new CountDownLatch(1);
    shop.server.createContext(
        "/hook",
        exchange -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    UUID endpoint = shop.register("/hook", false).endpoint().id();
    shop.publish(KEY);
    shop.queue();
    shop.send();
    release.countDown();
    assertThat(shop.log(endpoint).getFirst().attempts().getFirst().answer().error()).isNotNull();
  }

  @Test
  void an_answer_without_end_is_read_to_its_first_kilobyte() {
    shop.server.createContext(
        "/hook",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] block = new byte[8_192];
          try {
            while (true) {
              exchange.getResponseBody().write(block);
            }
          } finally {
            exchange.close();
          }
        });
    UUID endpoint = shop.register("/hook", false).endpoint().id();
    shop.publish(KEY);
    shop.queue();
    shop.send();
    assertThat(statuses(shop.log(endpoint))).containsExactly(DeliveryStatus.DELIVERED);
  }

  @Test
  void a_name_that_leads_to_a_private_address_is_refused_at_the_connection() {
    shop.set("reserva.webhooks.private-networks", "");
    shop.answer("/hook", 200, "");
    UUID endpoint =
        shop.registerUrl("http://localhost:" + shop.port() + "/hook", false).endpoint().id();
    shop.publish(KEY);
    shop.queue();
    shop.send();
    assertThat(shop.got).isEmpty();
    assertThat(shop.log(endpoint).getFirst().attempts().getFirst().answer().error())
        .isEqualTo("the host has an address that is not allowed");
    assertThat(statuses(shop.log(endpoint))).containsExactly(DeliveryStatus.PENDING);
  }

  @Test
  void a_name_that_does_not_resolve_is_tried_again() {
    UUID endpoint =
        shop.registerUrl("http://nowhere.invalid:" + shop.port() + "/", false).endpoint().id();
    shop.publish(KEY);
    shop.queue();
    shop.send();
    assertThat(shop.log(endpoint).getFirst().attempts().getFirst().answer().error())
        .isEqualTo("the host's name cannot be resolved");
    assertThat(statuses(shop.log(endpoint))).containsExactly(DeliveryStatus.PENDING);
  }

  @Test
  void a_redirect_is_not_followed() throws Exception {
    shop.server.createContext(
        "/hook",
        exchange -> {
          shop.keep(exchange);
          exchange
              .getResponseHeaders()
              .add("Location", "http://127.0.0.1:" + shop.port() + "/other");
          WebhooksFixture.reply(exchange, 302, "");
        });
    shop.answer("/other", 200, "");
    UUID endpoint = shop.register("/hook", false).endpoint().id();
    shop.publish(KEY);
    shop.queue();
    shop.send();
    assertThat(next().path()).isEqualTo("/hook");
    assertThat(shop.got).isEmpty();
    assertThat(statuses(shop.log(endpoint))).containsExactly(DeliveryStatus.PENDING);
  }

  @Test
  void an_answer_410_disables_the_endpoint_which_does_not_hear_of_it() {
    shop.answer("/gone", 410, "");
    shop.answer("/other", 200, "");
    UUID gone = shop.register("/gone", false).endpoint().id();
    UUID other = shop.register("/other", false).endpoint().id();
    shop.publish(KEY);
    shop.queue();
    shop.send();
    assertThat(shop.endpoint(gone).disabledReason()).isEqualTo(DisabledReason.GONE);
    shop.queue();
    assertThat(shop.log(gone)).hasSize(1);
    assertThat(shop.log(other))
        .extracting(logged -> logged.delivery().type())
        .containsExactly("webhooks.endpoint.disabled", "webhooks.endpoint.recovered");
  }

  @Test
  void an_endpoint_that_failed_for_five_days_is_disabled_and_probed_when_it_is_enabled()
      throws Exception {
    shop.set("reserva.webhooks.retries", "1d,1d,1d,1d,1d,1d,1d");
    shop.answer("/hook", 500, "");
    UUID endpoint = shop.register("/hook", false).endpoint().id();
    shop.publish(KEY);
    shop.queue();
    for (int day = 0; day < 4; day++) {
      shop.send();
      shop.passes(Duration.ofHours(30));
    }
    assertThat(shop.endpoint(endpoint).state()).isEqualTo(EndpointState.ACTIVE);
    shop.send();
    assertThat(shop.endpoint(endpoint).disabledReason()).isEqualTo(DisabledReason.FAILING);
    assertThat(shop.database.log().search(Filter.ANY, 0, 10).entries())
        .extracting(entry -> entry.event().type())
        .endsWith("webhooks.endpoint.disabled");

    shop.server.removeContext("/hook");
    shop.answer("/hook", 204, "");
    shop.got.clear();
    enable(endpoint);
    assertThat(shop.endpoint(endpoint).state()).isEqualTo(EndpointState.PROBING);
    shop.passes(Duration.ofDays(2));
    shop.send();
    assertThat(shop.endpoint(endpoint).state()).isEqualTo(EndpointState.ACTIVE);
    assertThat(next().body()).contains(Delivery.TEST_TYPE);
    assertThat(shop.database.log().search(Filter.ANY, 0, 10).entries())
        .extracting(entry -> entry.event().type())
        .endsWith("webhooks.endpoint.recovered");
    assertThat(statuses(shop.log(endpoint))).containsOnly(DeliveryStatus.DELIVERED);
  }

  private void enable(UUID id) {
    Endpoint endpoint = shop.endpoint(id);
    var test =
        new TestEndpoint(shop.deliveries, shop.ids, dev.reserva.platform.events.CloudEvents::write);
    var change = new ChangeEndpoint(shop.endpoints, test);
    shop.database.transactions().run(tx -> change.change(id, endpoint.target(), true, tx));
  }

  @Test
  void for_a_day_both_secrets_verify_and_then_the_new_one_alone() throws Exception {
    shop.answer("/hook", 200, "");
    var registered = shop.register("/hook", false);
    UUID id = registered.endpoint().id();
    String old = registered.secret();
    String fresh =
        shop.database
            .transactions()
            .call(tx -> new RotateSecret(shop.endpoints, shop.secrets).rotate(id, tx))
            .orElseThrow()
            .secret();
    shop.publish(KEY);
    shop.queue();
    shop.send();
    Got got = next();
    new Webhook(old).verify(got.body(), got.headers());
    new Webhook(fresh).verify(got.body(), got.headers());
    shop.passes(Duration.ofHours(25));
    shop.publish(KEY);
    shop.queue();
    shop.send();
    assertThat(next().headers().firstValue("webhook-signature").orElseThrow().split(" "))
        .hasSize(1);
  }

  @Test
  void an_ordered_endpoint_gets_the_events_of_a_key_one_after_the_other() throws Exception {
    shop.set("reserva.webhooks.retries", "1m");
    shop.answer("/hook", 500, "");
    UUID endpoint = shop.register("/hook", true).endpoint().id();
    UUID first = shop.publish(KEY);
    UUID second = shop.publish(KEY);
    UUID other = shop.publish(new UUID(8, 8));
    shop.queue();
    shop.send();
    assertThat(List.of(next().body(), next().body()))
        .anySatisfy(body -> assertThat(body).contains(first.toString()))
        .anySatisfy(body -> assertThat(body).contains(other.toString()));
    assertThat(shop.got).isEmpty();
    shop.server.removeContext("/hook");
    shop.answer("/hook", 200, "");
    shop.passes(Duration.ofMinutes(2));
    shop.send();
    assertThat(shop.got)
        .extracting(Got::body)
        .anySatisfy(body -> assertThat(body).contains(second.toString()));
    assertThat(statuses(shop.log(endpoint))).containsOnly(DeliveryStatus.DELIVERED);
  }

  @Test
  void ended_deliveries_are_forgotten_after_thirty_days() {
    shop.answer("/hook", 200, "");
    UUID endpoint = shop.register("/hook", false).endpoint().id();
    shop.publish(KEY);
    shop.publish(new UUID(8, 8));
    shop.queue();
    shop.send();
    UUID old = shop.log(endpoint).getFirst().delivery().id();
    new JdbcTemplate(shop.database.dataSource())
        .update(
            "update webhooks.delivery set ended_at = ended_at - interval '31 days' where id = ?",
            old);
    boolean _ =
        new dev.reserva.webhooks.application.ForgetDeliveries(
                shop.database.transactions(), shop.deliveries)
            .run();
    assertThat(shop.log(endpoint))
        .singleElement()
        .satisfies(logged -> assertThat(logged.delivery().id()).isNotEqualTo(old));
  }
}
