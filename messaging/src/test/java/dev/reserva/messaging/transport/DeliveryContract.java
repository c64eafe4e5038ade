package dev.reserva.messaging.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.RetryPolicy;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.TestFacts;
import dev.reserva.messaging.TestFacts.Added;
import dev.reserva.messaging.TestFacts.Echoed;
import dev.reserva.messaging.TestFacts.Noted;
import dev.reserva.messaging.TransactionConflict;
import dev.reserva.messaging.transport.TransportHarness.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every transport delivers each event of a subscribed type, as it was published. */
interface DeliveryContract extends ToyService {

  @Test
  default void every_event_of_a_subscribed_type_takes_effect() {
    Node process = world().node(toy());
    process.drain();
    List<UUID> published =
        IntStream.range(0, 50).mapToObj(i -> publish(UUID.randomUUID(), i).id()).toList();

    process.drain();

    assertThat(effectIds()).containsExactlyInAnyOrderElementsOf(published);
  }

  @Test
  default void events_published_before_the_subscription_existed_arrive_too() {
    Event early = publish(UUID.randomUUID(), 1);

    world().node(toy()).drain();

    assertThat(effectIds()).containsExactly(early.id());
  }

  @Test
  default void events_of_other_types_do_not_arrive() {
    List<String> handled = new ArrayList<>();
    Node process =
        world()
            .node(
                Subscription.of(
                    TOY,
                    Set.of(TestFacts.ADDED),
                    (batch, _) -> batch.forEach(m -> handled.add(m.type()))));
    world()
        .transactions()
        .run(tx -> {
          tx.publish(new Noted(UUID.randomUUID(), "no subscriber"), CAUSE);
          tx.publish(new Added(UUID.randomUUID(), 1), CAUSE);
          tx.publish(new Echoed(UUID.randomUUID(), 1), CAUSE);
        });

    process.drain();

    assertThat(handled).containsExactly(TestFacts.ADDED);
  }

  @Test
  default void many_events_of_other_types_do_not_delay_the_next_one() {
    Node process = world().node(toy());
    process.drain();
    for (int i = 0; i < 5; i++) {
      world()
          .transactions()
          .run(tx ->
              IntStream.range(0, 5_000)
                  .forEach(n -> tx.publish(new Noted(new UUID(0, n), ""), CAUSE)));
    }
    Event wanted = publish(UUID.randomUUID(), 1);

    process.drain();

    assertThat(effectIds()).containsExactly(wanted.id());
  }

  @Test
  default void an_event_arrives_as_it_was_published() {
    List<Event> handled = new ArrayList<>();
    Added fact = new Added(UUID.randomUUID(), 7, "\"quoted\" \\ täxt\n\u2028🐭");
    Cause cause = new Cause("correlation", UUID.randomUUID(), "00-trace", "state");
    Node process =
        world()
            .node(
                Subscription.of(
                    TOY,
                    Set.of(TestFacts.ADDED),
                    (batch, _) ->
                        batch.forEach(m -> {
                          handled.add(m.event());
                          assertThat(m.payload()).isEqualTo(fact);
                        })));
    Event published = world().transactions().call(tx -> tx.publish(fact, cause));

    process.drain();

    assertThat(handled).containsExactly(published);
    assertThat(published.cause())
        .isEqualTo(new Cause("correlation", published.id(), "00-trace", "state"));
  }

  @Test
  default void waiting_events_arrive_in_batches_within_the_limit() {
    Subscription small =
        new Subscription(TOY, Set.of(TestFacts.ADDED), this::remember, 8, RetryPolicy.DEFAULT);
    world()
        .transactions()
        .run(tx ->
            IntStream.range(0, 100).forEach(n -> tx.publish(new Added(new UUID(1, n), n), CAUSE)));

    world().node(small).drain();

    assertThat(effectIds()).hasSize(100);
    assertThat(batches()).allSatisfy(size -> assertThat(size).isBetween(1, 8));
    assertThat(batches()).as("batches, not single events").hasSizeLessThan(50);
  }

  @Test
  default void events_of_a_rolled_back_transaction_are_not_delivered() {
    assertThatThrownBy(() ->
            world()
                .transactions()
                .run(tx -> {
                  tx.publish(new Added(UUID.randomUUID(), 1), CAUSE);
                  throw new IllegalStateException("rolled back");
                }))
        .hasMessage("rolled back");
    Event kept = publish(UUID.randomUUID(), 2);

    world().node(toy()).drain();

    assertThat(effectIds()).containsExactly(kept.id());
  }

  @Test
  default void events_of_a_handler_reach_other_subscriptions() {
    Subscription answering =
        Subscription.of(
            TOY,
            Set.of(TestFacts.ADDED),
            (batch, tx) -> {
              for (Message message : batch) {
                Added added = message.payload(Added.class);
                tx.publish(new Echoed(added.counter(), added.number() * 2), message.cause());
              }
            });
    List<Long> echoes = new ArrayList<>();
    List<@Nullable UUID> causes = new ArrayList<>();
    Subscription echo =
        Subscription.of(
            "echo",
            Set.of(TestFacts.ECHOED),
            (batch, _) ->
                batch.forEach(m -> {
                  echoes.add(m.payload(Echoed.class).number());
                  causes.add(m.event().causationId());
                }));
    Event asked = publish(UUID.randomUUID(), 21);

    world().node(answering).drain();
    world().node(echo).drain();

    assertThat(echoes).containsExactly(42L);
    assertThat(causes).containsExactly(asked.id());
  }

  @Test
  default void a_transaction_that_lost_to_another_one_runs_again_and_publishes_once() {
    UUID key = UUID.randomUUID();
    Node process = world().node(toy());
    AtomicInteger runs = new AtomicInteger();
    world()
        .transactions()
        .run(tx -> {
          tx.publish(new Added(key, runs.incrementAndGet()), CAUSE);
          if (runs.get() < 4) {
            throw new TransactionConflict("another transaction came first");
          }
        });
    process.drain();

    assertThat(numbersOf(key)).containsExactly(4L);
  }

  @Test
  default void a_transaction_that_loses_in_four_runs_fails_and_changes_nothing() {
    AtomicInteger runs = new AtomicInteger();
    assertThatThrownBy(() ->
            world()
                .transactions()
                .run(tx -> {
                  tx.publish(new Added(UUID.randomUUID(), runs.incrementAndGet()), CAUSE);
                  throw new TransactionConflict("another transaction came first");
                }))
        .isInstanceOf(TransactionConflict.class);

    assertThat(runs).hasValue(4);
    assertThat(world().publishedLog().end()).isZero();
  }
}
