package dev.reserva.sales.application;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.Sessions;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.SampleOrders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** A transaction without a database. It keeps the published events, and tests set its clock. */
public final class MemoryUnitOfWork implements UnitOfWork, Transactions {

  private final List<Object> facts = new ArrayList<>();
  private final List<Cause> causes = new ArrayList<>();
  private final List<Runnable> afterCommit = new ArrayList<>();
  private Sessions sessions = new Sessions();
  private Instant now = SampleOrders.LATER;

  public void setNow(Instant now) {
    this.now = now;
  }

  /** What was published since the last call. */
  public List<Object> published() {
    List<Object> published = List.copyOf(facts);
    facts.clear();
    return published;
  }

  public List<Cause> causes() {
    return causes;
  }

  public void commit() {
    afterCommit.forEach(Runnable::run);
    afterCommit.clear();
    sessions = new Sessions();
  }

  @Override
  public <R> R call(Function<UnitOfWork, R> work) {
    R result = work.apply(this);
    commit();
    return result;
  }

  @Override
  public <R> R snapshot(Function<UnitOfWork, R> work) {
    return work.apply(this);
  }

  @Override
  public Event publish(Object fact, Cause cause) {
    facts.add(fact);
    causes.add(cause);
    UUID id = new UUID(0, facts.size());
    return new Event(id, "test", id, id, now, cause.correlationId(), null, null, null, "{}");
  }

  @Override
  public void publish(Event event) {
    throw new UnsupportedOperationException("sales publishes facts, never ready envelopes");
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public <S extends Session> S session(Class<S> type, Supplier<S> open) {
    return sessions.get(type, open);
  }

  @Override
  public <T> T resource(Class<T> technology) {
    throw new IllegalArgumentException("this transaction is in memory, not on " + technology);
  }

  @Override
  public void afterCommit(Runnable action) {
    afterCommit.add(action);
  }
}
