package dev.reserva.messaging.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.Faults;
import dev.reserva.messaging.memory.MemoryBackbone;
import dev.reserva.messaging.memory.MemoryTransport.Disorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts the handler's calls when hundreds of events fail among others that do not. */
class ManyFailuresTest {

  private static final int POISON = 300;
  private static final long POISONOUS = 13;

  private final EventCatalogue catalogue = TestFacts.catalogue();
  private final MemoryBackbone backbone =
      new MemoryBackbone(
          catalogue, TestFacts.announcer(), TestFacts.editPolicy(catalogue), Disorder.NONE, 1);
  private final SubscriptionLoop loop =
      backbone.loop(Subscription.of("toy", Set.of(TestFacts.ADDED), this::handle), Faults.NONE);
  private final List<Long> handled = new ArrayList<>();
  private int calls;
  private boolean healed;

  private void handle(List<Message> batch, UnitOfWork tx) {
    calls++;
    List<Long> numbers =
        batch.stream().map(message -> message.payload(Added.class).number()).toList();
    if (!healed && numbers.contains(POISONOUS)) {
      throw new IllegalArgumentException("poison");
    }
    handled.addAll(numbers);
  }

  private void publish(int count, long number) {
    backbone
        .transactions()
        .run(tx -> {
          for (int i = 0; i < count; i++) {
            tx.publish(new Added(UUID.randomUUID(), number), Cause.of("many"));
          }
        });
  }

  private long parked() {
    return backbone.parking().counts("toy").parked();
  }

  @BeforeEach
  void park() {
    publish(POISON, POISONOUS);
    while (loop.step()) {
      assertThat(handled).isEmpty();
    }
    assertThat(parked()).isEqualTo(POISON);
  }

  @Test
  void new_events_do_not_wait_until_all_parked_events_have_failed_again() {
    backbone.clock().elapse(Duration.ofSeconds(2));
    publish(1, 1);
    calls = 0;

    loop.step();

    assertThat(handled).containsExactly(1L);
    assertThat(calls).isLessThan(POISON / 3);
  }

  @Test
  void recovered_events_are_handled_in_batches() {
    healed = true;
    backbone.clock().elapse(Duration.ofSeconds(2));
    calls = 0;

    while (loop.step()) {
      assertThat(parked()).isLessThan(POISON);
    }

    assertThat(parked()).isZero();
    assertThat(handled).hasSize(POISON);
    assertThat(calls).isLessThanOrEqualTo(3);
  }
}
