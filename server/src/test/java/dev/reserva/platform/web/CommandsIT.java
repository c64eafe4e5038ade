package dev.reserva.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.TestReserva;
import dev.reserva.TestReserva.Reply;
import dev.reserva.messaging.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guarantees of Idempotency-Key over HTTP. */
class CommandsIT {

  private static TestReserva reserva;

  @BeforeAll
  static void start() {
    reserva = TestReserva.start("customers", ProbeConfiguration.class);
  }

  @AfterAll
  static void stop() {
    reserva.close();
  }

  private static Reply post(String path, String key) {
    return reserva.call("POST", path, null, "{}", "Idempotency-Key", key);
  }

  private static int effects(String name) {
    return reserva.bean(Probe.class).effects(name);
  }

  private static List<Reply> atOnce(int times, IntFunction<Reply> request) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> pending = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        int number = i;
        pending.add(
            threads.submit(() -> {
              go.await();
              return request.apply(number);
            }));
      }
      go.countDown();
      List<Reply> replies = new ArrayList<>();
      for (Future<Reply> reply : pending) {
        replies.add(reply.get());
      }
      return replies;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"counters", "groups"})
  void the_same_key_and_body_answers_the_first_answer_again(String kind) {
    Reply first = post("/probe/" + kind + "/again", kind + "-again");
    Reply second = post("/probe/" + kind + "/again", kind + "-again");

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.header("Location")).isEqualTo("/probe/again");
    assertThat(second.header("Content-Type")).isEqualTo("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"counters", "groups"})
  void the_same_key_for_something_else_is_refused_and_changes_nothing(String kind) {
    Reply first = post("/probe/" + kind + "/one-" + kind, kind + "-reused");
    Reply second = post("/probe/" + kind + "/other-" + kind, kind + "-reused");

    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(422);
    assertThat(second.json().get("type").asString()).isEqualTo("/problems/idempotency-key-reused");
    assertThat(effects("other-" + kind)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"counters", "groups"})
  void fifty_at_once_with_one_key_have_one_effect(String kind) throws Exception {
    String name = "slow-" + kind;

    List<Reply> replies = atOnce(50, i -> post("/probe/" + kind + "/" + name, kind + "-50"));

    assertThat(effects(name)).isEqualTo(1);
    assertThat(replies).extracting(Reply::status).containsOnly(201, 409);
    assertThat(
            replies.stream()
                .filter(reply -> reply.status() == 201)
                .filter(reply -> reply.header("Idempotency-Replayed").isEmpty()))
        .hasSize(1);
    assertThat(post("/probe/" + kind + "/" + name, kind + "-50").header("Idempotency-Replayed"))
        .isEqualTo("true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"counters", "groups"})
  void a_refused_command_stores_nothing_and_its_key_can_be_used_again(String kind) {
    Reply refused = post("/probe/" + kind + "/refused-" + kind, kind + "-refused");
    Reply other = post("/probe/" + kind + "/after-" + kind, kind + "-refused");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(effects("refused-" + kind)).isZero();
    assertThat(other.status()).isEqualTo(201);
  }

  @Test
  void equal_keys_of_two_callers_are_different_keys() {
    Reply anonymous = post("/probe/counters/callers", "shared");
    Reply admin =
        reserva.call(
            "POST", "/probe/counters/callers", reserva.admin(), "{}", "Idempotency-Key", "shared");

    assertThat(anonymous.status()).isEqualTo(201);
    assertThat(admin.status()).isEqualTo(201);
    assertThat(admin.header("Idempotency-Replayed")).isEmpty();
    assertThat(effects("callers")).isEqualTo(2);
  }

  @Test
  void a_failing_command_does_not_affect_the_others_of_its_group() throws Exception {
    List<Reply> replies =
        atOnce(
            40,
            i ->
                reserva.call(
                    "POST",
                    "/probe/groups/" + (i == 7 ? "broken" : i == 9 ? "refused" : "mixed"),
                    null,
                    null,
                    "Idempotency-Key",
                    "mixed-" + i));

    assertThat(replies.get(7).status()).isEqualTo(500);
    assertThat(replies.get(9).status()).isEqualTo(409);
    assertThat(replies.stream().filter(reply -> reply.status() == 201)).hasSize(38);
    assertThat(effects("mixed")).isEqualTo(38);
  }

  @Test
  void keys_are_not_needed() {
    assertThat(reserva.call("POST", "/probe/counters/plain", null, "{}").status()).isEqualTo(201);
    assertThat(reserva.call("POST", "/probe/groups/plain", null, null).status()).isEqualTo(201);
    assertThat(effects("plain")).isEqualTo(2);
  }

  @Test
  void a_key_has_at_most_255_characters() {
    assertThat(post("/probe/counters/long", "k".repeat(255)).status()).isEqualTo(201);
    assertThat(post("/probe/counters/long", "k".repeat(256)).status()).isEqualTo(400);
    assertThat(effects("long")).isEqualTo(1);
  }

  @Test
  void answers_older_than_a_day_are_forgotten() {
    assertThat(post("/probe/counters/old", "old").status()).isEqualTo(201);
    assertThat(post("/probe/counters/young", "young").status()).isEqualTo(201);
    Transactions transactions = reserva.bean(Transactions.class);
    transactions.run(tx -> {
      try (Statement age = tx.resource(Connection.class).createStatement()) {
        age.execute(
            "update platform.idempotency set created_at = now() - interval '25 hours'"
                + " where body like '%count%' and headers like '%/old'");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    });

    boolean more = reserva.bean(TransactionalCommands.class).purge().step().run();

    assertThat(more).isFalse();
    assertThat(post("/probe/counters/old", "old").header("Idempotency-Replayed")).isEmpty();
    assertThat(post("/probe/counters/young", "young").header("Idempotency-Replayed"))
        .isEqualTo("true");
  }
}
