package dev.reserva.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Cause;
import dev.reserva.platform.audit.WaitingEvents.Seen;
import dev.reserva.platform.audit.WaitingEvents.Taken;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitingEventsTest {

  private static final Instant T = Instant.parse("2026-03-01T12:00:00Z");

  private final WaitingEvents waiting = new WaitingEvents();

  private static SecurityEvent event(SecurityAction action, String address, String correlation) {
    return SecurityEvent.of(action, Actor.anonymous(address), Cause.of(correlation));
  }

  @Test
  void equal_events_of_different_requests_are_one_with_the_time_of_the_first() {
    waiting.add(event(SecurityAction.TOKEN_REFUSED, "192.0.2.1", "a"), T);
    waiting.add(event(SecurityAction.TOKEN_REFUSED, "192.0.2.1", "b"), T.plusSeconds(1));

    assertThat(waiting.take().events())
        .isEqualTo(Map.of(event(SecurityAction.TOKEN_REFUSED, "192.0.2.1", "a"), new Seen(T, 2)));
    assertThat(waiting.take().isEmpty()).isTrue();
  }

  @Test
  void a_flood_is_counted_and_takes_no_place_from_other_actions() {
    for (int i = 0; i < WaitingEvents.MAX_PER_LANE + 50; i++) {
      waiting.add(event(SecurityAction.TOKEN_REFUSED, "192.0.2." + i, "a"), T.plusSeconds(i));
    }
    SecurityEvent login = event(SecurityAction.LOGIN_SUCCEEDED, "192.0.2.1", "b");
    waiting.add(login, T);

    Taken taken = waiting.take();
    assertThat(taken.events()).hasSize(WaitingEvents.MAX_PER_LANE + 1).containsKey(login);
    assertThat(taken.dropped())
        .isEqualTo(
            Map.of(
                SecurityAction.TOKEN_REFUSED,
                new Seen(T.plusSeconds(WaitingEvents.MAX_PER_LANE), 50)));
    assertThat(waiting.dropped()).isEqualTo(50);
  }

  @Test
  void events_of_customers_take_no_place_from_those_of_staff() {
    Actor staff = new Actor("ops", Actor.Kind.STAFF, List.of("operator"), "192.0.2.1");
    for (int i = 0; i < WaitingEvents.MAX_PER_LANE; i++) {
      Actor customer = new Actor("customer-" + i, Actor.Kind.CUSTOMER, List.of(), "192.0.2.1");
      waiting.add(SecurityEvent.of(SecurityAction.LOGIN_SUCCEEDED, customer, Cause.of("a")), T);
    }
    waiting.add(SecurityEvent.of(SecurityAction.LOGIN_SUCCEEDED, staff, Cause.of("a")), T);

    Taken taken = waiting.take();
    assertThat(taken.events()).hasSize(WaitingEvents.MAX_PER_LANE + 1);
    assertThat(taken.dropped()).isEmpty();
  }

  @Test
  void what_could_not_be_recorded_waits_again_and_is_merged_with_what_came_since() {
    waiting.add(event(SecurityAction.LOGIN_FAILED, "192.0.2.1", "a"), T);
    Taken taken = waiting.take();
    waiting.add(event(SecurityAction.LOGIN_FAILED, "192.0.2.1", "b"), T.plusSeconds(1));
    waiting.add(event(SecurityAction.LOGIN_FAILED, "192.0.2.2", "c"), T.plusSeconds(1));
    waiting.putBack(taken);

    assertThat(waiting.take().events())
        .isEqualTo(
            Map.of(
                event(SecurityAction.LOGIN_FAILED, "192.0.2.1", "a"),
                new Seen(T, 2),
                event(SecurityAction.LOGIN_FAILED, "192.0.2.2", "c"),
                new Seen(T.plusSeconds(1), 1)));
  }
}
