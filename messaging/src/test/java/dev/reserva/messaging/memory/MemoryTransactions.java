package dev.reserva.messaging.memory;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Sessions;
import dev.reserva.messaging.TransactionConflict;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.LocalAttempt;
import dev.reserva.messaging.delivery.LocalDelivery;
import dev.reserva.messaging.delivery.LocalRuns;
import dev.reserva.messaging.transport.ImportedFlag;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Transactions on a {@link MemoryDatabase}. */
public final class MemoryTransactions implements Transactions {

  private final MemoryDatabase database;
  private final MemoryEventLog log;
  private final EventCatalogue catalogue;
  private final Ids ids;
  private final Clock clock;
  private final LocalDelivery local;
  private final Faults faults;
  private final Omission omission;

  /** A planted bug: a rule of local delivery that is left out. Tests must find it. */
  public enum Omission {
    NOTHING,
    /** A transaction commits its local effects whatever the log's head shows. */
    HEAD,
    /** Events that wait for a subscription are not recorded. */
    KEYS
  }

  public MemoryTransactions(
      MemoryDatabase database,
      MemoryEventLog log,
      EventCatalogue catalogue,
      Ids ids,
      Clock clock,
      LocalDelivery local,
      Faults faults,
      Omission omission) {
    this.database = database;
    this.log = log;
    this.catalogue = catalogue;
    this.ids = ids;
    this.clock = clock;
    this.local = local;
    this.faults = faults;
    this.omission = omission;
  }

  @Override
  public <R> R call(Function<UnitOfWork, R> work) {
    for (int run = 1; ; run++) {
      try {
        return LocalRuns.run(local, attempt -> callOnce(work, attempt));
      } catch (TransactionConflict e) {
        if (run == MAX_RUNS) {
          throw e;
        }
      }
    }
  }

  private <R> R callOnce(Function<UnitOfWork, R> work, LocalAttempt attempt) {
    faults.at(Faults.Point.CALL);
    MemoryUnitOfWork tx = new MemoryUnitOfWork(false);
    R result =
        database.transaction(() -> {
          try {
            R answer = work.apply(tx);
            faults.at(Faults.Point.EFFECT);
            if (attempt.concerns(tx.events)) {
              attempt.deliver(tx, tx);
              faults.at(Faults.Point.LOCAL);
            }
            tx.sessions.flush();
            if (!tx.events.isEmpty()) {
              append(tx, attempt);
            }
            faults.at(Faults.Point.APPEND);
            return answer;
          } finally {
            tx.over = true;
          }
        });
    attempt.committed();
    attempt.close();
    if (!tx.events.isEmpty()) {
      log.grown();
    }
    faults.at(Faults.Point.COMMIT);
    tx.afterCommit.forEach(Runnable::run);
    return result;
  }

  private void append(MemoryUnitOfWork tx, LocalAttempt attempt) {
    OptionalLong generation = attempt.generation();
    if (omission != Omission.HEAD
        && generation.isPresent()
        && generation.getAsLong() != MemoryCursors.generation(database)) {
      attempt.outdated();
      throw new LocalAttempt.Refused("the log's head has another generation");
    }
    int[] flags = attempt.flags(IntStream.range(0, tx.events.size()).toArray());
    tx.imported.stream().forEach(index -> flags[index] |= ImportedFlag.BIT);
    LocalDelivery.Appended head = log.append(tx.events, flags, attempt.mark());
    if (omission == Omission.KEYS) {
      return;
    }
    boolean valid = attempt.appended(head, tx.events, flags);
    if (!valid && omission != Omission.HEAD) {
      throw new LocalAttempt.Refused("an earlier event of a key may not be handled yet");
    }
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

  private final class MemoryUnitOfWork implements UnitOfWork, LocalAttempt.Published {

    private final boolean readOnly;
    private final Sessions sessions = new Sessions();
    private final List<Event> events = new ArrayList<>();
    private final BitSet imported = new BitSet();
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
    public void importEvent(Event event) {
      publish(event);
      imported.set(events.size() - 1);
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
    public <S extends Session> S session(Class<S> type, Supplier<S> open) {
      return sessions.get(type, open);
    }

    @Override
    public List<Event> events() {
      return events;
    }

    @Override
    public Message message(int index) {
      return Message.unplaced(events.get(index), catalogue, null);
    }

    @Override
    public void afterCommit(Runnable action) {
      afterCommit.add(action);
    }
  }
}
