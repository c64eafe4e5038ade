package dev.reserva.operations;

import static dev.reserva.platform.security.Role.ADMIN;
import static dev.reserva.platform.security.Role.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.reserva.contracts.Contracts;
import dev.reserva.messaging.Ids;
import dev.reserva.operations.RunningServer.Answered;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Several operators act on one dead letter at the same moment. One retries it unchanged, so that it
 * fails again. One repairs and retries it. One discards it.
 */
class DeadLetterRacesIT {

  private static final int ROUNDS = 100;
  private static final Ids IDS = Ids.timeOrdered();

  @TempDir private static Path data;
  private static RunningServer server;
  private static Drill drill;

  @BeforeAll
  static void start() {
    server = new RunningServer(data);
    drill = server.context.getBean(Drill.class);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** The HTTP statuses that three operators got. */
  private record Answers(int retry, int repair, int discard) {}

  @Test
  void concurrent_retry_repair_and_discard_of_one_dead_letter_each_get_the_true_outcome()
      throws Exception {
    Map<UUID, JsonNode> letters = poison();
    Map<String, Integer> ends = new TreeMap<>();
    Set<String> statuses = new TreeSet<>();
    for (Map.Entry<UUID, JsonNode> entry : letters.entrySet()) {
      UUID order = entry.getKey();
      String path = "/api/dlq/" + entry.getValue().path("id").asString();
      ObjectNode repaired = (ObjectNode) entry.getValue().at("/event/data").deepCopy();
      ((ObjectNode) repaired.at("/items/0")).put("name", "Laptop");

      Answers answers = race(path, "{\"data\":%s}".formatted(repaired));

      JsonNode rest = atRest(path);
      List<String> actions =
          rest.path("actions").valueStream().map(a -> a.path("kind").asString()).toList();
      String all = "%s %s %s".formatted(answers, rest.path("status").asString(), actions);
      assertThat(List.of(answers.retry(), answers.repair(), answers.discard()))
          .as(all)
          .isSubsetOf(202, 409);
      assertThat(answers).as(all).isNotEqualTo(new Answers(409, 409, 409));
      assertThat(actions.stream().filter("retried"::equals).count())
          .as(all)
          .isEqualTo((answers.retry() == 202 ? 1 : 0) + (answers.repair() == 202 ? 1 : 0));
      assertThat(actions.contains("edited")).as(all).isEqualTo(answers.repair() == 202);
      assertThat(actions.contains("discarded")).as(all).isEqualTo(answers.discard() == 202);
      switch (rest.path("status").asString()) {
        case "RESOLVED" -> {
          // The unchanged retry may have come before.
          assertThat(answers.repair()).as(all).isEqualTo(202);
          assertThat(answers.discard()).as(all).isEqualTo(409);
          assertThat(actions.subList(actions.size() - 2, actions.size()))
              .as(all)
              .containsExactly("edited", "retried");
          assertThat(drill.handled(order)).as(all).isOne();
        }
        case "DISCARDED" -> {
          assertThat(answers.repair()).as(all).isEqualTo(409);
          assertThat(actions).as(all).last().isEqualTo("discarded");
          assertThat(drill.handled(order)).as(all).isZero();
        }
        case "OPEN" -> {
          // Only the unchanged retry succeeded, so the event is a dead letter again.
          assertThat(answers).as(all).isEqualTo(new Answers(202, 409, 409));
          assertThat(actions).as(all).containsExactly("dead_lettered", "retried", "dead_lettered");
          assertThat(drill.handled(order)).as(all).isZero();
        }
        default -> throw new AssertionError(all);
      }
      statuses.add(rest.path("status").asString());
      ends.merge(rest.path("status").asString() + " " + answers, 1, Integer::sum);
    }

    ends.forEach((end, count) -> System.out.printf("%6d  %s%n", count, end));
    assertThat(statuses)
        .as("repaired and discarded at least sometimes")
        .contains("RESOLVED", "DISCARDED");
    assertThat(server.get(OPERATOR, "/api/integrity").body().path("ok").asBoolean(false)).isTrue();
  }

  /** Dead letters by the order that they are about. */
  private static Map<UUID, JsonNode> poison() {
    List<UUID> orders = IntStream.range(0, ROUNDS).mapToObj(i -> IDS.next()).toList();
    for (UUID order : orders) {
      ObjectNode event =
          OperationsIT.event(Contracts.ORDER_CREATED, order, OperationsIT.order(order, "poison"));
      assertThat(server.post(ADMIN, "/api/events", event.toString()).status()).isEqualTo(202);
    }
    Map<UUID, JsonNode> letters = new TreeMap<>();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          server
              .get(OPERATOR, "/api/dlq?limit=200")
              .body()
              .path("items")
              .forEach(item ->
                  letters.put(UUID.fromString(item.at("/event/partitionkey").asString()), item));
          return letters.keySet().containsAll(orders);
        });
    return letters;
  }

  private static Answers race(String path, String repair) throws Exception {
    List<Callable<Answered>> operators =
        List.of(
            () -> server.post(OPERATOR, path + "/retry", "{}"),
            () -> server.post(OPERATOR, path + "/retry", repair),
            () -> server.call(OPERATOR, "DELETE", path, "{\"reason\":\"a drill\"}"));
    CyclicBarrier start = new CyclicBarrier(operators.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answered>> acting = new ArrayList<>();
      for (Callable<Answered> operator : operators) {
        acting.add(
            threads.submit(() -> {
              start.await();
              return operator.call();
            }));
      }
      return new Answers(
          acting.get(0).get().status(), acting.get(1).get().status(), acting.get(2).get().status());
    }
  }

  /** The letter when it waits for nothing but, perhaps, an operator. */
  private static JsonNode atRest(String path) {
    return await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> server.get(OPERATOR, path).body(),
            letter -> !letter.path("status").asString().equals("RETRYING"));
  }
}
