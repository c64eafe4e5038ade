package dev.reserva.messaging.memory;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Transactions on a {@link MemoryDatabase}. */
public final class MemoryTransactions implements Transactions {

  private final MemoryDatabase database;
  private final MemoryEventLog log;
  private final EventCatalogue catalogue;
  private final Ids ids;
  private final Clock clock;
  private final Faults faults;

  public MemoryTransactions(
      MemoryDatabase database,
      MemoryEventLog log,
      EventCatalogue catalogue,
      Ids ids,
      Clock clock,
      Faults faults) {
    this.database = database;
    this.log = log;
    this.catalogue = catalogue;
    this.ids = ids;
    this.clock = clock;
    this.faults = faults;
  }

  @Override
  public <R> R call(Function<UnitOfWork, R> work) {
    faults.at(Faults.Point.CALL);
    MemoryUnitOfWork tx = new MemoryUnitOfWork(false);
    R result =
        database.transaction(() -> {
          try {
            R answer = work.apply(tx);
            faults.at(Faults.Point.EFFECT);
            log.append(tx.events);
            faults.at(Faults.Point.APPEND);
            return answer;
          } finally {
            tx.over = true;
          }
        });
    if (!tx.events.isEmpty()) {
      log.grown();
    }
    faults.at(Faults.Point.COMMIT);
    tx.afterCommit.forEach(Runnable::run);
    return result;
  }

  @Override
  public <R> R snapshot(Function<UnitOfWork, R> work) {
    faults.at(Faults.Point.CALL);
    MemoryUnitOfWork tx = new MemoryUnitOfWork(true);
    return database.reading(() -> {
      try {
        return work.apply(tx);
      } finally {
        tx.over = true;
      }
    });
  }

  private final class MemoryUnitOfWork implements UnitOfWork {

    private final boolean readOnly;
    private final List<Event> events = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private boolean over;

    MemoryUnitOfWork(boolean readOnly) {
      this.readOnly = readOnly;
    }

    @Override
    public Event publish(Object fact, Cause cause) {
      Event event =
          catalogue.envelop(
              ids.next(), fact, cause, clock.instant().truncatedTo(ChronoUnit.MICROS));
      publish(event);
      return event;
    }

    @Override
    public void publish(Event event) {
      if (readOnly || over) {
        throw new IllegalStateException(
            "cannot publish %s: the unit of work is %s"
                .formatted(event.type(), over ? "over" : "read only"));
      }
      events.add(event);
    }

    @Override
    public Instant now() {
      return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public <T> T resource(Class<T> technology) {
      if (over) {
        throw new IllegalStateException("the unit of work is over");
      }
      if (technology != MemoryDatabase.class) {
        throw new IllegalArgumentException(
            "this is a transaction on MemoryDatabase, not on " + technology.getName());
      }
      return technology.cast(database);
    }

    @Override
    public void afterCommit(Runnable action) {
      afterCommit.add(action);
    }
  }
}
