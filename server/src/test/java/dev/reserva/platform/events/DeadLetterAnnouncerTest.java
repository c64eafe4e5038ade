package dev.reserva.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.OperationsEvent.MessageDeadLettered;
import dev.reserva.contracts.OperationsEvent.MessageDiscarded;
import dev.reserva.contracts.OperationsEvent.MessageRetried;
import dev.reserva.contracts.SalesEvent.OrderCreated;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.DeadLetters.DeadLetter;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterAnnouncerTest {

  private final EventCatalogue catalogue = TestCatalogue.create();
  private final DeadLetterAnnouncer announcer = new DeadLetterAnnouncer();
  private final Collected tx = new Collected();

  @Test
  void each_action_is_announced_as_a_consequence_of_the_event_that_failed() {
    DeadLetter letter = letter(OrderCreated.class, "quantity must be 1..1000000, was 0");

    announcer.deadLettered(letter, tx);
    announcer.retried(letter, true, "ops", tx);
    announcer.discarded(letter, "a drill", "ops", tx);

    assertThat(tx.facts)
        .hasExactlyElementsOfTypes(
            MessageDeadLettered.class, MessageRetried.class, MessageDiscarded.class);
    assertThat(tx.causes)
        .allSatisfy(cause -> {
          assertThat(cause.causationId()).isEqualTo(letter.event().id());
          assertThat(cause.correlationId()).isEqualTo(letter.event().correlationId());
        });
  }

  @Test
  void an_endless_error_text_is_cut() {
    announcer.deadLettered(letter(OrderCreated.class, "x".repeat(100_000)), tx);

    assertThat(((MessageDeadLettered) tx.facts.getFirst()).errorMessage())
        .hasSize(DeadLetterAnnouncer.MAX_MESSAGE_LENGTH);
  }

  @Test
  void a_dead_letter_of_an_announcement_is_not_announced() {
    announcer.deadLettered(letter(MessageDeadLettered.class, "no"), tx);

    assertThat(tx.facts).isEmpty();
  }

  private DeadLetter letter(Class<?> failed, String message) {
    Object fact = Samples.ALL.stream().filter(failed::isInstance).findFirst().orElseThrow();
    Event event = catalogue.envelop(Samples.EVENT, fact, Samples.CAUSE, Samples.TIME);
    return new DeadLetter(
        Samples.DEAD_LETTER,
        "inventory",
        42,
        event,
        4,
        "Unprocessable",
        message,
        Samples.TIME,
        Samples.QUARTER_PAST,
        0);
  }

  private static final class Collected implements UnitOfWork {
    private final List<Object> facts = new ArrayList<>();
    private final List<Cause> causes = new ArrayList<>();

    @Override
    public Event publish(Object fact, Cause cause) {
      facts.add(fact);
      causes.add(cause);
      return TestCatalogue.create().envelop(Samples.EVENT, fact, cause, Samples.TIME);
    }

    @Override
    public void publish(Event event) {
      throw new AssertionError("announces facts only");
    }

    @Override
    public Instant now() {
      return Samples.TIME;
    }

    @Override
    public <T> T resource(Class<T> technology) {
      throw new IllegalArgumentException("no " + technology);
    }

    @Override
    public void afterCommit(Runnable action) {
      throw new AssertionError("nothing follows");
    }
  }
}
