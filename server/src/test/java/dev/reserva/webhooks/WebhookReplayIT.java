package dev.reserva.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.EventLog.Filter;
import dev.reserva.platform.events.CloudEvents;
import dev.reserva.webhooks.application.ChangeEndpoint;
import dev.reserva.webhooks.application.StartReplay;
import dev.reserva.webhooks.application.TestEndpoint;
import dev.reserva.webhooks.domain.Delivery;
import dev.reserva.webhooks.domain.EndpointState;
import dev.reserva.webhooks.domain.Replay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Replays of the log for an endpoint. */
class WebhookReplayIT {

  private static final UUID KEY = new UUID(7, 7);

  private final WebhooksFixture shop = new WebhooksFixture();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void a_replay_posts_each_event_since_a_time_once_those_too_that_the_endpoint_has_missed() {
    shop.answer("/hook", 200, "");
    UUID early = shop.publish(KEY);
    UUID endpoint = shop.register("/hook", false).endpoint().id();
    UUID delivered = shop.publish(KEY);
    post();
    enable(endpoint, false);
    UUID missed = shop.publish(KEY);
    post();
    enable(endpoint, true);
    shop.send();
    assertThat(shop.endpoint(endpoint).state()).isEqualTo(EndpointState.ACTIVE);
    UUID last = shop.publish(KEY);
    post();
    assertThat(posted()).contains(delivered, last).doesNotContain(missed);

    Replay first = started(endpoint, timeOf(delivered));
    shop.replay();
    shop.send();
    assertThat(posted()).containsExactlyInAnyOrder(delivered, missed, last);
    shop.replay();
    shop.send();
    assertThat(posted()).isEmpty();
    Replay ended = replay(endpoint);
    assertThat(ended.isRunning()).isFalse();
    assertThat(ended.deliveries()).isEqualTo(3);
    assertThat(ended.startedAt()).isEqualTo(first.startedAt());

    Replay all = started(endpoint, Instant.EPOCH);
    assertThat(all.isRunning()).isTrue();
    shop.replay();
    shop.send();
    assertThat(posted()).containsExactlyInAnyOrder(early, delivered, missed, last);
    assertThat(shop.log(endpoint))
        .filteredOn(logged -> !logged.delivery().type().equals(Delivery.TEST_TYPE))
        .hasSize(4);
  }

  @Test
  void what_is_queued_after_the_replay_has_begun_is_not_posted_twice() {
    shop.answer("/hook", 200, "");
    UUID endpoint = shop.register("/hook", false).endpoint().id();
    UUID before = shop.publish(KEY);
    post();
    assertThat(posted()).containsExactly(before);
    Replay _ = started(endpoint, Instant.EPOCH);
    UUID since = shop.publish(KEY);
    post();
    assertThat(posted()).containsExactly(since);
    shop.replay();
    shop.send();
    assertThat(posted()).containsExactly(before);
  }

  @Test
  void a_replay_waits_while_much_of_its_endpoint_is_pending_or_it_is_disabled() {
    UUID endpoint = shop.register("/hook", false).endpoint().id();
    UUID event = shop.publish(KEY);
    Replay _ = started(endpoint, Instant.EPOCH);
    var jdbc = new JdbcTemplate(shop.database.dataSource());
    jdbc.update(
        """
        insert into webhooks.delivery (id, endpoint_id, kind, event_id, type, key, position, body, status, attempts,
          tries, due_at, created_at)
        select gen_random_uuid(), ?, 'EVENT', gen_random_uuid(), 'x.y.z', ?, 0, '{}', 'PENDING', 0, 0,
          now() + interval '1 day', now()
        from generate_series(1, 1000)
        """,
        endpoint,
        KEY);
    shop.replay();
    assertThat(replay(endpoint).isRunning()).isTrue();
    assertThat(replay(endpoint).deliveries()).isZero();
    jdbc.update("delete from webhooks.delivery");
    enable(endpoint, false);
    shop.replay();
    assertThat(replay(endpoint).isRunning()).isTrue();
    enable(endpoint, true);
    shop.answer("/hook", 200, "");
    shop.send();
    assertThat(posted()).hasSize(1);
    shop.replay();
    shop.send();
    assertThat(posted()).containsExactly(event);
    assertThat(replay(endpoint).isRunning()).isFalse();
  }

  @Test
  void an_endpoint_has_one_replay_at_a_time_and_none_while_it_is_disabled() {
    UUID endpoint = shop.register("/hook", false).endpoint().id();
    UUID _ = shop.publish(KEY);
    Replay running = started(endpoint, Instant.EPOCH);
    assertThat(start(endpoint, Instant.EPOCH)).isEqualTo(new StartReplay.Outcome.Running(running));
    enable(endpoint, false);
    assertThat(start(endpoint, Instant.EPOCH)).isInstanceOf(StartReplay.Outcome.Disabled.class);
  }

  @Test
  void the_range_is_found_in_a_long_log() {
    shop.answer("/hook", 200, "");
    List<UUID> events = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      events.add(shop.publish(new UUID(7, i)));
    }

    UUID endpoint = shop.register("/hook", false).endpoint().id();
    Replay _ = started(endpoint, timeOf(events.get(30)));
    shop.replay();
    shop.send();
    assertThat(posted()).containsExactlyInAnyOrderElementsOf(events.subList(30, 40));
    Replay _ = started(endpoint, Instant.now().plus(Duration.ofDays(1)));
    shop.replay();
    assertThat(replay(endpoint).deliveries()).isZero();
    assertThat(replay(endpoint).isRunning()).isFalse();
  }

  private void post() {
    shop.queue();
    shop.send();
  }

  private List<UUID> posted() {
    List<WebhooksFixture.Got> all = new ArrayList<>();
    int _ = shop.got.drainTo(all);
    return all.stream()
        .map(got -> UUID.fromString(got.headers().firstValue("webhook-id").orElseThrow()))
        .toList();
  }

  private Instant timeOf(UUID event) {
    return shop.database.log().search(Filter.ANY, 0, 100).entries().stream()
        .filter(entry -> entry.event().id().equals(event))
        .findFirst()
        .orElseThrow()
        .event()
        .time();
  }

  private Replay started(UUID endpoint, Instant since) {
    return ((StartReplay.Outcome.Started) start(endpoint, since)).replay();
  }

  private StartReplay.Outcome start(UUID endpoint, Instant since) {
    var start = new StartReplay(shop.endpoints, shop.replays);
    return shop.database.transactions().call(tx -> start.start(endpoint, since, tx)).orElseThrow();
  }

  private Replay replay(UUID endpoint) {
    return shop.database.transactions().call(tx -> shop.replays.find(endpoint, tx)).orElseThrow();
  }

  private void enable(UUID id, boolean enabled) {
    var change =
        new ChangeEndpoint(
            shop.endpoints, new TestEndpoint(shop.deliveries, shop.ids, CloudEvents::write));
    var target = shop.endpoint(id).target();
    shop.database.transactions().run(tx -> change.change(id, target, enabled, tx));
  }
}
