package dev.reserva.messaging.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Message;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.transport.TransportHarness.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The guarantees of every transport, together with the loops and the store. Each interface has
 * those of one topic.
 *
 * <p>Tests drive processes step by step, and decide when time passes.
 */
abstract class TransportContract
    implements DeliveryContract,
        OrderContract,
        FailureContract,
        OperatorContract,
        LifecycleContract {

  private final List<Integer> batches = new ArrayList<>();
  private TransportHarness world;
  private Consumer<Message> beforeEffect = _ -> {};

  /** A new backbone for each test. */
  abstract TransportHarness open();

  @BeforeEach
  void openWorld() {
    world = open();
  }

  @AfterEach
  void counts_add_up() {
    try {
      for (String name : List.of(TOY, "echo")) {
        if (world.cursors().position(name).isPresent()) {
          Tally tally = world.tally(name);
          assertThat(tally.handled() + tally.parked() + tally.discarded())
              .as("handled + parked + discarded of %s", tally)
              .isEqualTo(tally.delivered());
        }
      }
    } finally {
      world.close();
    }
  }

  @Override
  public TransportHarness world() {
    return world;
  }

  @Override
  public List<Integer> batches() {
    return batches;
  }

  @Override
  public void beforeEffect(Consumer<Message> action) {
    beforeEffect = action;
  }

  @Override
  public void remember(List<Message> batch, UnitOfWork tx) {
    batches.add(batch.size());
    for (Message message : batch) {
      beforeEffect.accept(message);
      world.effects().add(tx, TOY, message);
    }
  }
}
