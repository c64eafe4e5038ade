package dev.reserva.torture.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.torture.shop.OperationLog.Operation;
import dev.reserva.torture.shop.OperationLog.Result;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A buyer with patience repeats a request until its outcome is known. */
class BuyersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final OperationLog log = new OperationLog();
  private FakeServer server;
  private Shop shop;
  private Order order;

  @BeforeEach
  void a_shop() throws Exception {
    server = new FakeServer();
    shop = Shop.create(server.url(), "secret");
    order = shop.order(new SplittableRandom(7));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Operation placed(Duration patience) throws Exception {
    try (Api api = shop.api()) {
      Buyers.place(api, order, log, patience);
    }
    assertThat(log.all()).hasSize(1);
    return log.all().getFirst();
  }

  @Test
  void a_request_of_unknown_outcome_is_repeated_with_its_key_and_counts_once() throws Exception {
    server.failures.addAll(List.of(504, 503));

    Operation operation = placed(PATIENCE);

    assertThat(operation.result()).isEqualTo(Result.OK);
    assertThat(operation.id()).isEqualTo(server.byKey.get(order.key()));
    assertThat(server.orders).hasSize(1);
    assertThat(server.failures).isEmpty();
  }

  @Test
  void a_request_that_is_refused_for_good_is_not_repeated() throws Exception {
    server.failures.addAll(List.of(400, 503));

    assertThat(placed(PATIENCE).result()).isEqualTo(Result.FAILED);
    assertThat(server.failures).containsExactly(503);
  }

  @Test
  void an_outcome_that_was_unknown_once_stays_unknown_when_the_repeated_request_is_refused()
      throws Exception {
    server.failures.addAll(List.of(504, 400));

    assertThat(placed(PATIENCE).result()).isEqualTo(Result.UNKNOWN);
    assertThat(server.failures).isEmpty();
  }

  @Test
  void without_patience_a_request_is_sent_once() throws Exception {
    server.failures.addAll(List.of(503, 503));

    assertThat(placed(Duration.ZERO).result()).isEqualTo(Result.FAILED);
    assertThat(server.failures).hasSize(1);
  }
}
