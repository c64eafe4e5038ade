package dev.reserva.sales.adapters.postgres;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Statements;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A unit of work that notes each of its statements. */
final class CountingUnitOfWork implements UnitOfWork {

  private final UnitOfWork tx;
  private final Statements counted;
  private final List<String> statements = new ArrayList<>();

  CountingUnitOfWork(UnitOfWork tx) {
    this.tx = tx;
    Statements real = Statements.of(tx);
    this.counted =
        (Statements)
            Proxy.newProxyInstance(
                Statements.class.getClassLoader(),
                new Class<?>[] {Statements.class},
                (proxy, method, arguments) -> {
                  statements.add(method.getName());
                  try {
                    return method.invoke(real, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause() == null ? e : e.getCause();
                  }
                });
  }

  List<String> statements() {
    return statements;
  }

  @Override
  public Event publish(Object fact, Cause cause) {
    return tx.publish(fact, cause);
  }

  @Override
  public void publish(Event event) {
    tx.publish(event);
  }

  @Override
  public Instant now() {
    statements.add("now");
    return tx.now();
  }

  @Override
  public <T> T resource(Class<T> technology) {
    return technology == Statements.class ? technology.cast(counted) : tx.resource(technology);
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
