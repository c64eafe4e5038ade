package dev.reserva.messaging.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Event;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.delivery.RelayWindow.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RelayWindowTest {

  private static final long NOW = -5_000_000_000L; // a clock may be negative

  private final RelayWindow window = new RelayWindow(10);

  private static Message message(long position, int key, String data) {
    UUID id = new UUID(0, key);
    return new Message(
        position,
        new Event(
            new UUID(1, position),
            TestFacts.ADDED,
            id,
            id,
            Instant.EPOCH,
            "window",
            null,
            null,
            null,
            data),
        TestFacts.catalogue(),
        null);
  }

  /** Adds events of these keys, from position 11 on. */
  private void add(int... keys) {
    window.add(
        IntStream.range(0, keys.length).mapToObj(i -> message(11 + i, keys[i], "")).toList(),
        10 + keys.length);
  }

  private List<Slot> sendAll(long now) {
    List<Slot> sent = new ArrayList<>();
    for (var next = window.next(now); next.isPresent(); next = window.next(now)) {
      window.sent(next.get(), now);
      sent.add(next.get());
    }
    return sent;
  }

  private static List<Long> positions(List<Slot> slots) {
    return slots.stream().map(Slot::position).toList();
  }

  @Test
  void only_the_first_event_of_each_key_is_sent() {
    add(1, 1, 2, 1);
    List<Slot> first = sendAll(NOW);
    assertThat(positions(first)).containsExactly(11L, 13L);
    assertThat(window.inFlight(13)).isSameAs(first.getLast());
    assertThat(first.getLast().message().key()).isEqualTo(new UUID(0, 2));
    assertThat(window.readUpTo()).isEqualTo(14);

    window.confirmed(first.getFirst());

    assertThat(positions(sendAll(NOW))).containsExactly(12L);
  }

  @Test
  void the_floor_stays_before_the_first_event_that_is_not_confirmed() {
    add(1, 2, 3);
    List<Slot> sent = sendAll(NOW);
    window.confirmed(sent.get(1));
    assertThat(window.floor()).isEqualTo(10);
    assertThat(window.confirmedUpToFloor()).isZero();

    window.confirmed(sent.get(0));
    assertThat(window.floor()).isEqualTo(12);
    assertThat(window.confirmedUpToFloor()).isEqualTo(2);
    window.recorded();

    window.confirmed(sent.get(2));
    assertThat(window.floor()).isEqualTo(13);
    assertThat(window.confirmedUpToFloor()).isEqualTo(1);
    window.add(List.of(), 20);
    assertThat(window.floor()).as("only imported events follow").isEqualTo(20);
  }

  @Test
  void a_failed_event_is_sent_when_its_pause_is_over() {
    add(1, 1, 2);
    List<Slot> sent = sendAll(NOW);
    window.failed(sent.getFirst(), NOW, times -> Duration.ofMillis(times));

    assertThat(window.hasDelayed()).isTrue();
    assertThat(window.untilDue(NOW)).contains(Duration.ofMillis(1));
    assertThat(sendAll(NOW + 999_999)).isEmpty();
    assertThat(positions(sendAll(NOW + 1_000_000))).containsExactly(11L);
    window.failed(sent.getFirst(), NOW, times -> Duration.ofMillis(times));
    assertThat(window.untilDue(sent.getFirst(), NOW)).contains(Duration.ofMillis(2));
    assertThat(window.untilDue(sent.getLast(), NOW)).as("in flight").isEmpty();
    assertThat(window.take(sent.getFirst(), NOW + 1_999_999)).isEmpty();
    assertThat(window.take(sent.getFirst(), NOW + 2_000_000)).contains(sent.getFirst());
    assertThat(window.hasDelayed()).isFalse();
  }

  @Test
  void failed_events_are_sent_in_the_order_in_which_their_pauses_end() {
    add(1, 2);
    List<Slot> sent = sendAll(NOW);
    window.failed(sent.getFirst(), NOW, _ -> Duration.ofMillis(2));
    window.failed(sent.getLast(), NOW, _ -> Duration.ofMillis(1));

    assertThat(positions(sendAll(NOW + 2_000_000))).containsExactly(12L, 11L);
  }

  @Test
  void an_event_that_alone_may_be_sent_is_taken_once_also_after_a_lost_connection() {
    add(1, 2);
    Slot only = sendAll(NOW).getFirst();
    window.failed(only, NOW, _ -> Duration.ofMillis(1));
    long due = NOW + 1_000_000;
    assertThat(window.take(only, due)).contains(only);
    assertThat(window.take(only, due)).isEmpty();
    window.sent(only, due);

    window.sendAgain();

    assertThat(window.take(only, due)).contains(only);
    assertThat(window.take(only, due)).isEmpty();
  }

  @Test
  void what_is_in_flight_is_sent_again_before_what_was_never_sent() {
    add(1, 2);
    sendAll(NOW);
    window.add(List.of(message(13, 3, "")), 13);
    assertThat(window.oldestSentAt()).hasValue(NOW);

    window.sendAgain();

    assertThat(window.oldestSentAt()).isEmpty();
    assertThat(positions(sendAll(NOW + 5))).containsExactly(11L, 12L, 13L);
    assertThat(window.oldestSentAt()).hasValue(NOW + 5);
  }

  @Test
  void it_is_full_after_2000_events_or_16_mebicharacters() {
    assertThat(window.room()).isEqualTo(2_000);
    add(1, 2, 3);
    assertThat(window.room()).isEqualTo(1_997);

    window.add(List.of(message(14, 4, "x".repeat(16 << 20))), 14);
    assertThat(window.room()).isZero();

    sendAll(NOW).forEach(window::confirmed);
    assertThat(window.room()).isEqualTo(2_000);
  }
}
