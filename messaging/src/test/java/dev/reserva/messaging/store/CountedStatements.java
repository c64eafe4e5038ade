package dev.reserva.messaging.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** Counts the statements that are prepared on the connections of a data source. */
final class CountedStatements {

  private final AtomicLong prepared = new AtomicLong();
  private final DataSource dataSource;

  CountedStatements(DataSource counted) {
    this.dataSource =
        proxy(
            DataSource.class,
            counted,
            (_, method, arguments) -> {
              Object result = method.invoke(counted, arguments);
              return result instanceof Connection connection ? on(connection) : result;
            });
  }

  private Connection on(Connection connection) {
    return proxy(
        Connection.class,
        connection,
        (_, method, arguments) -> {
          if (method.getName().equals("prepareStatement")) {
            prepared.incrementAndGet();
          }
          return method.invoke(connection, arguments);
        });
  }

  private static <T> T proxy(Class<T> type, T behind, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                return handler.invoke(behind, method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            }));
  }

  DataSource dataSource() {
    return dataSource;
  }

  /** Statements prepared so far. */
  long prepared() {
    return prepared.get();
  }
}
