package dev.reserva.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.EffectOf;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FirstConnectionTest {

  private static final String URL = "jdbc:postgresql://db/shop?user=x&password=hush";

  private final AtomicLong now = new AtomicLong();
  private final AtomicInteger attempts = new AtomicInteger();

  private FirstConnection to(FirstConnection.Opening opening) {
    return new FirstConnection(
        URL,
        "ana",
        () -> {
          attempts.incrementAndGet();
          return opening.open();
        },
        now::get,
        duration -> now.addAndGet(duration.toNanos()));
  }

  private static SQLException failure(String state, String message) {
    return new SQLException(message, state);
  }

  @Test
  @EffectOf("reserva.database.start-timeout")
  void a_database_that_does_not_answer_is_tried_until_the_time_is_over() {
    SQLException refused =
        new SQLException("no", "08001", new ConnectException("Connection refused"));
    assertThatThrownBy(() ->
            to(
                    () -> {
                      throw refused;
                    })
                .await(Duration.ofSeconds(7)))
        .isInstanceOf(UnusableDatabase.class)
        .hasMessage(
            "no database answers at jdbc:postgresql://db/shop within 7 s"
                + " (reserva.database.start-timeout): Connection refused");
    assertThat(Duration.ofNanos(now.get())).isEqualTo(Duration.ofSeconds(7));
    assertThat(attempts).hasValue(15);
  }

  @Test
  void a_database_that_starts_in_the_meantime_is_used() {
    for (String state : new String[] {"08006", "57P03", "53300"}) {
      attempts.set(0);
      to(
              () -> {
                if (attempts.get() < 4) {
                  throw failure(state, "not yet");
                }
                return connection(15);
              })
          .await(Duration.ofSeconds(30));
      assertThat(attempts).hasValue(4);
    }
  }

  @Test
  void a_permanent_refusal_is_reported_at_once() {
    assertThatThrownBy(() ->
            to(
                    () -> {
                      throw failure("28P01", "FATAL: password authentication failed\n  Hint: x");
                    })
                .await(Duration.ofSeconds(30)))
        .isInstanceOf(UnusableDatabase.class)
        .hasMessage(
            "the database at jdbc:postgresql://db/shop refuses the user \"ana\""
                + " (reserva.database.username and reserva.database.password): FATAL: password"
                + " authentication failed");
    assertThatThrownBy(() ->
            to(
                    () -> {
                      throw failure("3D000", "FATAL: database \"shop\" does not exist");
                    })
                .await(Duration.ofSeconds(30)))
        .hasMessage(
            "the database at jdbc:postgresql://db/shop cannot be used: FATAL: database \"shop\""
                + " does not exist");
    assertThat(attempts).hasValue(2);
    assertThat(now).hasValue(0);
  }

  @Test
  void a_postgresql_that_is_too_old_is_refused() {
    assertThatThrownBy(() -> to(() -> connection(14)).await(Duration.ofSeconds(30)))
        .hasMessage(
            "the database at jdbc:postgresql://db/shop is PostgreSQL 14.9; version 15 or newer is"
                + " needed");
    to(() -> connection(15)).await(Duration.ZERO);
  }

  private static Connection connection(int version) {
    DatabaseMetaData metadata =
        (DatabaseMetaData)
            proxy(
                DatabaseMetaData.class,
                method ->
                    method.equals("getDatabaseMajorVersion") ? version : (Object) (version + ".9"));
    return (Connection)
        proxy(Connection.class, method -> method.equals("getMetaData") ? metadata : null);
  }

  private static Object proxy(
      Class<?> type,
      java.util.function.Function<String, @org.jspecify.annotations.Nullable Object> answers) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (_, method, _) -> answers.apply(method.getName()));
  }
}
