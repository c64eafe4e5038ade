package dev.reserva.torture.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.torture.shop.Judge.Verdict;
import dev.reserva.torture.shop.OperationLog.Operation;
import dev.reserva.torture.shop.OperationLog.Result;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test makes one thing wrong. The judge must find it, and nothing else. */
class JudgeTest {
  private final SplittableRandom random = new SplittableRandom(7);
  private final OperationLog log = new OperationLog();
  private FakeServer server;
  private Shop shop;

  @BeforeEach
  void ten_orders_of_which_one_is_declined() throws Exception {
    server = new FakeServer();
    shop = Shop.create(server.url(), "secret");
    try (Api api = shop.api()) {
      for (int i = 0; i < 9; i++) {
        assertThat(Buyers.place(api, shop.order(random, "tok_approve"), log)).isTrue();
      }
      assertThat(Buyers.place(api, shop.order(random, "tok_decline"), log)).isTrue();
    }
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Verdict judged() throws Exception {
    return new Judge(shop, log, Set.of("reservation_expired")).judge(() -> server.charges);
  }

  private Map<String, Object> someOrder() {
    return server.orders.values().iterator().next();
  }

  private void add(Order order, Result result) {
    log.add(new Operation(order, 0, 0, result, null, result == Result.FAILED ? "503" : "EOF"));
  }

  @Test
  void nothing_wrong_is_nothing_found() throws Exception {
    Verdict verdict = judged();

    assertThat(verdict.broken()).isEmpty();
    assertThat(verdict.clean()).isTrue();
    assertThat(verdict.acknowledged()).isEqualTo(10);
  }

  @Test
  void what_other_processes_still_do_is_waited_for_as_long_as_the_judge_may() throws Exception {
    server.unbalanced = 1;
    assertThat(judged().brokenCount()).isEqualTo(1);

    server.unbalanced = 2;
    assertThat(
            new Judge(shop, log, Set.of(), Duration.ofSeconds(30))
                .judge(() -> server.charges)
                .clean())
        .isTrue();
  }

  @Test
  void an_acknowledged_order_that_is_not_there_is_lost() throws Exception {
    Map<String, Object> order = someOrder();
    server.orders.remove(order.get("id"));

    assertThat(judged().lost()).isEqualTo(1);
  }

  @Test
  void an_order_with_another_total_is_lost() throws Exception {
    someOrder().put("total", Map.of("amount", "0.01"));

    assertThat(judged().lost()).isEqualTo(1);
  }

  @Test
  void an_order_made_of_a_refused_request_is_doubled() throws Exception {
    Order refused = shop.order(random, "tok_decline");
    add(refused, Result.FAILED);
    server.place(Api.JSON.readTree(refused.json()));

    assertThat(judged().doubled()).isEqualTo(1);
  }

  @Test
  void a_request_of_unknown_outcome_that_was_carried_out_is_found_by_its_key() throws Exception {
    Order unknown = shop.order(random, "tok_approve");
    add(unknown, Result.UNKNOWN);
    server.byKey.put(unknown.key(), server.place(Api.JSON.readTree(unknown.json())));

    Verdict verdict = judged();
    assertThat(verdict.broken()).isEmpty();
    assertThat(verdict.acknowledged()).isEqualTo(11);
  }

  @Test
  void a_request_of_unknown_outcome_that_is_carried_out_twice_is_doubled() throws Exception {
    Order unknown = shop.order(random, "tok_decline");
    add(unknown, Result.UNKNOWN);
    server.place(Api.JSON.readTree(unknown.json()));

    assertThat(judged().doubled()).isEqualTo(1);
  }

  @Test
  void a_server_that_forgets_its_keys_doubles() throws Exception {
    server.byKey.clear();

    assertThat(judged().doubled()).isPositive();
  }

  @Test
  void a_second_charge_is_doubled() throws Exception {
    server.charge(String.valueOf(someOrder().get("id")), 100);

    assertThat(judged().doubled()).isEqualTo(1);
  }

  @Test
  void money_of_which_nobody_knows_is_doubled() throws Exception {
    server.charges.put("stray", new Provider.Charge("stray", 100, 0));

    assertThat(judged().doubled()).isEqualTo(1);
  }

  @Test
  void money_that_was_given_back_is_missing() throws Exception {
    server.charges.replaceAll(
        (key, charge) -> new Provider.Charge(key, charge.captured(), charge.captured()));

    assertThat(judged().brokenCount()).isEqualTo(9);
  }

  @Test
  void stock_that_does_not_add_up_is_broken() throws Exception {
    server.stock.merge(shop.products().getFirst().id(), 1, Integer::sum);

    assertThat(judged().brokenCount()).isEqualTo(1);
  }

  @Test
  void an_order_that_ends_otherwise_than_its_payment_is_broken() throws Exception {
    Map<String, Object> order = someOrder();
    order.put("status", "FAILED");
    order.put("reason", "deadline_exceeded");

    assertThat(judged().broken()).anyMatch(text -> text.contains("should be CONFIRMED"));
  }

  @Test
  void an_excused_end_is_counted_and_its_money_still_has_to_be_right() throws Exception {
    Map<String, Object> order = someOrder();
    order.put("status", "CANCELLED");
    order.put("reason", "reservation_expired");

    Verdict verdict = judged();
    assertThat(verdict.excused()).isEqualTo(1);
    assertThat(verdict.broken()).anyMatch(text -> text.contains("the provider keeps"));
  }

  @Test
  void a_broken_invariant_is_broken() throws Exception {
    server.integrity = false;

    assertThat(judged().brokenCount()).isEqualTo(1);
  }

  @Test
  void a_dead_letter_is_broken() throws Exception {
    server.deadLetters.add(Map.of("id", "letter"));

    assertThat(judged().brokenCount()).isEqualTo(1);
  }

  @Test
  void a_good_order_that_is_answered_as_a_bad_one_is_broken() throws Exception {
    log.add(new Operation(shop.order(random), 0, 0, Result.FAILED, null, "500"));

    assertThat(judged().brokenCount()).isEqualTo(1);
  }
}
