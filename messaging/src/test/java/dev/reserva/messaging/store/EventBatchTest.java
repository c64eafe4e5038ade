package dev.reserva.messaging.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Event;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventBatchTest {

  private static final UUID A = new UUID(0, 1);
  private static final UUID B = new UUID(0, 2);
  private static final UUID C = new UUID(0, 3);

  private static Event event(UUID key, String correlation, int size) {
    return new Event(
        UUID.randomUUID(),
        "toy.item.added",
        key,
        key,
        Instant.EPOCH,
        correlation,
        null,
        null,
        null,
        "x".repeat(size));
  }

  private static Event event(UUID key) {
    return event(key, "c", 10);
  }

  private static List<Integer> sizes(List<Event> events) {
    return EventBatch.of(events).stream().map(EventBatch::size).toList();
  }

  @Test
  void events_of_a_key_follow_each_other_as_they_were_published() {
    List<Event> events = List.of(event(B), event(A), event(B), event(C), event(A), event(B));

    assertThat(EventBatch.order(events)).containsExactly(0, 2, 5, 1, 4, 3);
  }

  @Test
  void a_batch_has_one_key_and_one_correlation() {
    List<Event> events =
        List.of(event(A), event(A), event(B), event(B, "other", 10), event(B, "other", 10));

    List<EventBatch> batches = EventBatch.of(events);

    assertThat(batches).extracting(EventBatch::first).containsExactly(1, 3, 4);
    assertThat(batches).extracting(EventBatch::last).containsExactly(2, 3, 5);
    assertThat(batches).extracting(batch -> batch.shared().key()).containsExactly(A, B, B);
  }

  @Test
  void a_batch_holds_a_hundred_events_at_most() {
    assertThat(sizes(Collections.nCopies(250, event(A)))).containsExactly(100, 100, 50);
    assertThat(sizes(List.of())).isEmpty();
  }

  @Test
  void a_batch_ends_with_the_event_that_makes_it_large() {
    Event half = event(A, "c", 600_000);
    Event large = event(A, "c", 5_000_000);

    assertThat(sizes(Arrays.asList(half, half, half, large, event(A))))
        .as("a megabyte is reached by the second, and by the fourth")
        .containsExactly(2, 2, 1);
    assertThat(sizes(List.of(event(A, "c", (1 << 20) - 1), event(A), event(A))))
        .as("a megabyte is reached by the second")
        .containsExactly(2, 1);
    assertThat(sizes(List.of(event(A, "c", 1 << 20), event(A))))
        .as("the first is a megabyte")
        .containsExactly(1, 1);
  }
}
