package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.shop.Api;
import dev.reserva.torture.shop.ProviderLedger;
import dev.reserva.torture.shop.Shop;
import dev.reserva.torture.stage.Server;
import dev.reserva.torture.stage.Sql;
import dev.reserva.torture.stage.Stage;
import java.time.Duration;

/** The payment provider is away for a while; when it is back, all that waited asks at once. */
public final class RetryStorm implements Scenario {
  private static final Duration QUESTION = Duration.ofSeconds(1);

  @Override
  public String name() {
    return "retry-storm";
  }

  @Override
  public String fault() {
    return "every call of the payment provider fails for 20 s under load, then it is back";
  }

  @Override
  public String proof() {
    return "orders that wait for their payment, counted by the server, and none confirmed meanwhile";
  }

  @Override
  public Outcome play(Stage stage) throws Exception {
    Server server = stage.server();
    server.start();
    Shop shop = Shop.furnish(server.url(), server.adminPassword());
    Rounds rounds = new Rounds(stage, shop);
    int seconds = stage.pick(20, 3);
    return rounds.play(
        1,
        () -> Sql.onEmbedded(server.data()),
        _ -> {
          try (ProviderLedger provider = new ProviderLedger(Sql.onEmbedded(server.data()));
              Api api = shop.api()) {
            provider.goAway();
            // What the provider had answered before is on record by then.
            Thread.sleep(QUESTION);
            long confirmed = orders(api, "CONFIRMED");
            Thread.sleep(Duration.ofSeconds(seconds).minus(QUESTION));
            long waiting = orders(api, "PENDING_PAYMENT");
            boolean none = orders(api, "CONFIRMED") == confirmed;
            provider.comeBack();
            rounds.remark("%d orders waited for their payment".formatted(waiting));
            return new Rounds.Struck(none && waiting > 10L * seconds, System.nanoTime());
          }
        });
  }

  private static long orders(Api api, String status) throws Exception {
    return api.eventually("/api/stats").path("orders").path("byStatus").path(status).asLong();
  }
}
