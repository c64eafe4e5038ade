package dev.reserva.notifications.adapters.mongodb;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClients;
import dev.reserva.EffectOf;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.notifications.application.History;
import dev.reserva.notifications.application.HistoryContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MongoHistoryIT extends HistoryContract {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final MongoServerOfTest SERVER = new MongoServerOfTest();
  private static final MongoHistory HISTORY = new MongoHistory(SERVER.url(), "reserva", PATIENCE);

  @BeforeEach
  void empty() {
    try (var client = MongoClients.create(SERVER.url())) {
      client.getDatabase("reserva").getCollection(MongoHistory.COLLECTION).drop();
    }
  }

  @AfterAll
  static void close() {
    HISTORY.close();
    SERVER.close();
  }

  @Override
  protected History history() {
    return HISTORY;
  }

  @Test
  @EffectOf("reserva.notifications.mongodb.timeout")
  void a_history_that_cannot_be_reached_says_so_in_each_call() {
    MongoServerOfTest away = new MongoServerOfTest();
    away.close();
    try (var unreached = new MongoHistory(away.url(), "reserva", Duration.ofMillis(200))) {
      assertThatThrownBy(() -> unreached.find(List.of(new UUID(1, 2))))
          .isInstanceOf(DependencyUnavailable.class);
      assertThatThrownBy(() -> unreached.removeCreatedBefore(Instant.now(), 10))
          .isInstanceOf(DependencyUnavailable.class);
    }
  }
}
