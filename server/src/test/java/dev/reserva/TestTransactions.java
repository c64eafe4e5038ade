package dev.reserva;

import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryBackbone;
import dev.reserva.messaging.memory.MemoryTransport.Disorder;
import dev.reserva.platform.events.DeadLetterAnnouncer;
import dev.reserva.platform.events.TestCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Transactions on an in-memory database of their own, for the {@code adapters/memory} of the
 * services: a rollback undoes what was written, and the clock stands still until a test sets it.
 */
public final class TestTransactions implements Transactions {

  private final EventCatalogue catalogue = TestCatalogue.create();
  private final MemoryBackbone backbone =
      new MemoryBackbone(
          catalogue, new DeadLetterAnnouncer(), (_, _) -> List.of(), Disorder.NONE, 1);
  private long read;

  /**
   * @param now the transactions' time until {@link #setNow} is called
   */
  public TestTransactions(Instant now) {
    setNow(now);
  }

  public Instant now() {
    return backbone.clock().instant();
  }

  public void setNow(Instant now) {
    backbone.clock().elapse(Duration.between(now(), now));
  }

  /** The facts that were published since the last call of this or of {@link #events}, in order. */
  public List<Object> published() {
    return events().stream().<Object>map(catalogue::payload).toList();
  }

  /** The events that were published since the last call of this or of {@link #published}. */
  public List<Event> events() {
    List<EventLog.Entry> entries =
        backbone.log().search(EventLog.Filter.ANY, read, Integer.MAX_VALUE).entries();
    read += entries.size();
    return entries.stream().map(EventLog.Entry::event).toList();
  }

  @Override
  public <R> R call(Function<UnitOfWork, R> work) {
    return backbone.transactions().call(work);
  }

  @Override
  public <R> R snapshot(Function<UnitOfWork, R> work) {
    return backbone.transactions().snapshot(work);
  }
}
