package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.environment.Environment;
import dev.reserva.torture.shop.Api;
import dev.reserva.torture.shop.ProviderLedger;
import java.time.Duration;

/** The payment provider is down for a while. Once it is up, all waiting payments are retried. */
final class RetryStorm {

  /** The server has recorded the provider's last answers after this time. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

  private RetryStorm() {}

  static Scenario scenario() {
    return new Scenario(
        "retry-storm",
        "every call of the payment provider fails for 20 s under load, then it is back",
        "orders that wait for their payment, counted by the server, and none confirmed meanwhile",
        RetryStorm::run);
  }

  private static Outcome run(Environment environment) throws Exception {
    EmbeddedServer running = EmbeddedServer.start(environment);
    Rounds rounds = running.rounds();
    int seconds = environment.pick(20, 3);
    return rounds.run(
        1,
        _ -> {
          try (ProviderLedger provider = new ProviderLedger(running.sql());
              Api api = running.shop().api()) {
            provider.disable();
            Thread.sleep(LAST_ANSWERS);
            long confirmed = orders(api, "CONFIRMED");
            Thread.sleep(Duration.ofSeconds(seconds).minus(LAST_ANSWERS));
            long waiting = orders(api, "PENDING_PAYMENT");
            boolean none = orders(api, "CONFIRMED") == confirmed;
            provider.enable();
            rounds.remark("%d orders waited for their payment".formatted(waiting));
            return new Rounds.Injected(none && waiting > 10L * seconds, System.nanoTime());
          }
        });
  }

  private static long orders(Api api, String status) throws Exception {
    return api.eventually("/api/stats").path("orders").path("byStatus").path(status).asLong();
  }
}
