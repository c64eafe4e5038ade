package dev.reserva.sales.adapters.postgres;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.UnitOfWork;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A unit of work that notes each statement prepared on its connection. */
final class CountingUnitOfWork implements UnitOfWork {

  private final UnitOfWork tx;
  private final Connection connection;
  private final List<String> statements = new ArrayList<>();

  CountingUnitOfWork(UnitOfWork tx) {
    this.tx = tx;
    Connection real = tx.resource(Connection.class);
    this.connection =
        (Connection)
            Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("prepareStatement")) {
                    statements.add((String) arguments[0]);
                  }
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
    return technology.cast(connection);
  }

  @Override
  public void afterCommit(Runnable action) {
    tx.afterCommit(action);
  }
}
