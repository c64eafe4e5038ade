package dev.reserva.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.EffectOf;
import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Backbone.SubscriptionStatus;
import dev.reserva.messaging.Relays;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.UnreadableMessages;
import dev.reserva.operations.application.ReadHealth;
import dev.reserva.platform.members.Members;
import dev.reserva.platform.monitoring.HealthSignals;
import dev.reserva.platform.monitoring.HealthWarning;
import dev.reserva.platform.security.TestTokens;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What the properties of operations change, without a database. */
class OperationsSettingsTest {

  /** Longer than the default time-out. */
  private static final Duration SLOW = Duration.ofMillis(1_300);

  private static ReadHealth health(Transactions database, long lag, String... namesAndValues) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      properties.put("reserva.operations." + namesAndValues[i], namesAndValues[i + 1]);
    }
    OperationsProperties bound =
        new Binder(new MapConfigurationPropertySource(properties))
            .bindOrCreate("reserva.operations", OperationsProperties.class);
    List<SubscriptionStatus> subscriptions =
        List.of(new SubscriptionStatus("sales", 0, lag, 0, 0, 0, 0, "running", null));
    Backbone backbone =
        proxy(
            Backbone.class,
            name ->
                switch (name) {
                  case "subscriptions" -> subscriptions;
                  case "intakes" -> List.of();
                  case "broker" -> Optional.empty();
                  default -> null;
                });
    return new DatabaseOperationsConfiguration()
        .readHealth(
            database,
            backbone,
            new DatabaseOperationsConfiguration.DatabaseServices(Set.of()),
            new StaticListableBeanFactory().getBeanProvider(HealthWarning.class),
            new StaticListableBeanFactory().getBeanProvider(HealthSignals.class),
            proxy(UnreadableMessages.class, _ -> null),
            proxy(Relays.class, _ -> Optional.empty()),
            new Members(List.of(), UUID::randomUUID, TestTokens.ofProcesses()),
            bound);
  }

  private static <T> T proxy(
      Class<T> type, Function<String, @org.jspecify.annotations.Nullable Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, _) -> answers.apply(method.getName())));
  }

  /** A database that answers when it is released, or after a while. */
  private static final class Database implements Transactions {
    private final CountDownLatch released;

    Database(int waits) {
      released = new CountDownLatch(waits);
    }

    @Override
    public <R> R call(Function<UnitOfWork, R> work) {
      try {
        boolean _ = released.await(SLOW.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return work.apply(proxy(UnitOfWork.class, _ -> null));
    }

    @Override
    public <R> R snapshot(Function<UnitOfWork, R> work) {
      return call(work);
    }
  }

  @Test
  @EffectOf("reserva.operations.max-lag")
  void a_service_with_more_waiting_events_than_allowed_is_behind() {
    assertThat(health(new Database(0), 5, "max-lag", "5").read().status()).isEqualTo("healthy");
    assertThat(health(new Database(0), 6, "max-lag", "5").read().status()).isEqualTo("degraded");
  }

  @Test
  @EffectOf("reserva.operations.health-patience")
  void a_database_that_is_slow_is_down_only_where_nobody_waits_for_it() {
    assertThat(health(new Database(1), 0, "health-patience", "1m").read().status())
        .as("with the default it would be down")
        .isEqualTo("healthy");
    assertThat(health(new Database(1), 0, "health-patience", "10ms").read().status())
        .isEqualTo("unhealthy");
  }
}
