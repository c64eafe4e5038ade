package dev.reserva;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Keeps what was published, for tests that look at it. */
public final class RecordingTransactions implements Transactions {

  private final Transactions real;
  private final List<Object> facts = new ArrayList<>();

  public RecordingTransactions(Transactions real) {
    this.real = real;
  }

  /** What was published since this was asked last. */
  public List<Object> published() {
    List<Object> published = List.copyOf(facts);
    facts.clear();
    return published;
  }

  @Override
  public <R> R call(Function<UnitOfWork, R> work) {
    return real.call(tx -> work.apply(new Recording(tx)));
  }

  @Override
  public <R> R snapshot(Function<UnitOfWork, R> work) {
    return real.snapshot(work);
  }

  private final class Recording implements UnitOfWork {
    private final UnitOfWork tx;

    Recording(UnitOfWork tx) {
      this.tx = tx;
    }

    @Override
    public Event publish(Object fact, Cause cause) {
      facts.add(fact);
      return tx.publish(fact, cause);
    }

    @Override
    public void publish(Event event) {
      tx.publish(event);
    }

    @Override
    public Instant now() {
      return tx.now();
    }

    @Override
    public <T> T resource(Class<T> technology) {
      return tx.resource(technology);
    }

    @Override
    public <S extends Session> S session(Class<S> type, Supplier<S> open) {
      return tx.session(type, open);
    }

    @Override
    public void afterCommit(Runnable action) {
      tx.afterCommit(action);
    }
  }
}
