package dev.reserva.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.JdbcTemplate;

/** Watches how far each subscription is, some fifty times a second, for steps backwards. */
final class Cursors implements AutoCloseable {

  private static final int BETWEEN_LOOKS_MILLIS = 20;

  private final JdbcTemplate sql;
  private final List<String> stepsBack = Collections.synchronizedList(new ArrayList<>());
  private final AtomicLong looks = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();
  private final Thread watching;

  Cursors(JdbcTemplate sql) {
    this.sql = sql;
    this.watching = Thread.ofVirtual().start(this::watch);
  }

  private void watch() {
    Map<String, Long> seen = new HashMap<>();
    while (!over.get()) {
      try {
        sql.query(
            "select name, position, epoch from messaging.subscription",
            row -> {
              look(seen, row.getString("name"), row.getLong("position"));
              look(seen, "epoch of " + row.getString("name"), row.getLong("epoch"));
            });
        looks.incrementAndGet();
        TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        stepsBack.add("could not look: " + e);
        return;
      }
    }
  }

  private void look(Map<String, Long> seen, String what, long now) {
    Long before = seen.put(what, now);
    if (before != null && before > now) {
      stepsBack.add("%s: %d after %d".formatted(what, now, before));
    }
  }

  void assertNeverWentBack() {
    assertThat(stepsBack).isEmpty();
    assertThat(looks).as("looks").hasPositiveValue();
  }

  @Override
  public void close() {
    over.set(true);
    try {
      watching.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
