package dev.reserva.system;

import static dev.reserva.system.Shop.item;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.reserva.postgres.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/**
 * Two processes on one database. One is paused in the middle of its work and continues after its
 * lease has expired. The other has taken over, and the first changes nothing.
 */
class TwoProcessesIT {

  private static final String PASSWORD = "the password of two processes";

  /** The log text of a process that finds that another has taken over. */
  private static final Pattern LOST =
      Pattern.compile("subscription lost to another process: subscription=(\\S+)");

  /** Events that an order has at most once. A request to the provider may be repeated. */
  private static final String DOUBLED =
      """
      select key || ' ' || type from messaging.event
      where (type like 'sales.order.%' or type like 'financial.%' or type like 'inventory.stock.%ed')
        and type <> 'financial.payment.processing'
      group by key, type having count(*) > 1
      """;

  private static final String SESSIONS =
      "select count(*) from pg_stat_activity where application_name = ? and ";

  private static final String BUSY =
      """
      select application_name, state, wait_event, clock_timestamp() - xact_start as age, pg_blocking_pids(pid) as behind, left(query, 100) as query
      from pg_stat_activity where datname = current_database() and state <> 'idle'
      """;

  @TempDir private static Path folder;
  private static HikariDataSource database;
  private static JdbcTemplate sql;
  private static ReservaProcess one;
  private static ReservaProcess other;
  private static Map<ReservaProcess, Shop> shops;

  /** Both find an empty database at the same time. */
  @BeforeAll
  static void start() throws Exception {
    database = TestPostgres.freshDatabase();
    sql = new JdbcTemplate(database);
    List<ReservaProcess> started =
        Race.run(List.<Callable<ReservaProcess>>of(() -> process("one"), () -> process("other")));
    one = started.getFirst();
    other = started.getLast();
    shops =
        started.stream()
            .collect(
                Collectors.toMap(
                    process -> process, process -> Shop.login(process.url(), "admin", PASSWORD)));
  }

  @AfterAll
  static void stop() {
    one.close();
    other.close();
    database.close();
  }

  /** Resumes both processes after each test, whatever its result. */
  @AfterEach
  void thaw() {
    one.thaw();
    other.thaw();
  }

  private static ReservaProcess process(String name) {
    return ReservaProcess.start(
        folder.resolve(name),
        "reserva.database.url=%s?ApplicationName=%s".formatted(database.getJdbcUrl(), name),
        "reserva.database.username=" + TestPostgres.server().user(),
        "reserva.database.password=" + TestPostgres.server().password(),
        "reserva.privacy.secret=the-same-for-both-processes-of-one-database",
        "reserva.security.admin-password=" + PASSWORD);
  }

  @Test
  void a_process_stopped_past_its_lease_changes_nothing_when_it_continues() throws Exception {
    ReservaProcess owner = runnerOf("sales");
    ReservaProcess heir = owner == one ? other : one;
    Set<String> subscriptions = runBy(owner);
    try (Trade trade = new Trade(shop(heir), shop(owner));
        Cursors cursors = new Cursors(sql)) {
      trade.begin();
      trade.awaitMore(100);
      Map<String, Long> epochs = epochs(subscriptions);
      int said = lost(owner).size();

      owner.freeze();
      awaitTakenOver(heir, subscriptions);
      trade.awaitMore(100);
      trade.awaitConfirmed(shop(heir));
      assertThat(owner.isFrozen()).isTrue();
      owner.thaw();

      awaitLost(owner, said, subscriptions);
      trade.awaitMore(100);
      assertRunsOnlyWhatItClaimedAnew(owner, epochs);
      trade.endAndCheck();
      cursors.assertNeverWentBack();
      assertThat(sql.queryForList(DOUBLED)).isEmpty();
    }
  }

  @Test
  void a_process_stopped_while_it_locks_the_logs_head_delays_the_other_for_a_bounded_time()
      throws Exception {
    ReservaProcess owner = runnerOf("sales");
    ReservaProcess heir = owner == one ? other : one;
    Set<String> subscriptions = runBy(owner);
    try (Trade trade = new Trade(shop(heir));
        Cursors cursors = new Cursors(sql);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      shop(heir).awaitNoLag();
      Map<String, Long> epochs = epochs(subscriptions);
      int said = lost(owner).size();
      Shop door = shop(owner);
      Future<Integer> caught;
      try (Connection hand = database.getConnection()) {
        hand.setAutoCommit(false);
        try (var statement = hand.createStatement()) {
          statement.execute("select from messaging.log_head for update");
        }
        caught = threads.submit(() -> trade.place(door));
        Shop.eventually(
            "an order waits for the head", () -> sessions(owner, "wait_event_type = 'Lock'"));
        owner.freeze();
        hand.rollback();
      }
      // Its session locks the head and appends, and the paused process cannot commit.
      Shop.eventually(
          "the head is in the hand of who stands still",
          () -> sessions(owner, "state = 'idle in transaction' and query like '%log_head%'"));

      trade.begin();
      trade.awaitMore(100);
      awaitTakenOver(heir, subscriptions);
      trade.awaitConfirmed(shop(heir));
      assertThat(owner.isFrozen()).isTrue();
      owner.thaw();

      assertThat(caught.get()).as("it was not committed").isIn(503, 504);
      awaitLost(owner, said, subscriptions);
      assertRunsOnlyWhatItClaimedAnew(owner, epochs);
      trade.endAndCheck();
      cursors.assertNeverWentBack();
      assertThat(sql.queryForList(DOUBLED)).isEmpty();
    }
  }

  @Test
  void one_idempotency_key_at_two_processes_at_once_is_one_order() throws Exception {
    List<Shop> doors = List.of(shop(one), shop(other));
    UUID product = doors.getFirst().product("Key", 1_000);
    for (int round = 0; round < 20; round++) {
      UUID customer = doors.getFirst().customer();
      Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
      Object body = Shop.order(customer, null, List.of(item(product, 1)));
      List<Callable<Shop.Reply>> buyers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        Shop door = doors.get(i % 2);
        buyers.add(() -> door.post("/api/orders", body, key));
      }

      List<Shop.Reply> replies = Race.run(buyers);

      assertThat(replies).extracting(Shop.Reply::status).isSubsetOf(201, 409);
      List<Shop.Reply> made = replies.stream().filter(r -> r.status() == 201).toList();
      assertThat(made).filteredOn(r -> r.header("Idempotency-Replayed") == null).hasSize(1);
      assertThat(made)
          .extracting(r -> r.response().body())
          .hasSize(made.size())
          .containsOnly(made.getFirst().response().body());
      for (Shop door : doors) {
        assertThat(door.post("/api/orders", body, key).expect(201).id())
            .isEqualTo(made.getFirst().id());
        assertThat(door.all("/api/orders?customerId=" + customer)).hasSize(1);
      }
    }
  }

  /** The bound that the guarantees name: from the answer to the revocation on. */
  private static final Duration REVOKED_WITHIN = Duration.ofSeconds(2);

  @Test
  void a_token_that_one_process_revokes_is_refused_by_the_other_within_two_seconds() {
    String user = "revoked-" + UUID.randomUUID();
    shop(one)
        .post(
            "/api/users", Map.of("username", user, "password", PASSWORD, "roles", List.of("admin")))
        .expect(201);
    Map<String, Function<Shop, Shop.Reply>> reasons = new LinkedHashMap<>();
    reasons.put("log-out", own -> own.post("/api/auth/logout", null));
    reasons.put("log-out everywhere", own -> own.post("/api/auth/logout-everywhere", null));
    reasons.put(
        "end of the session",
        own ->
            own.delete(
                "/api/auth/sessions/"
                    + own.get("/api/auth/sessions").body().at("/items/0/id").asString(),
                null));
    reasons.put("dismissal", _ -> shop(one).delete("/api/users/" + user, null));
    reasons.forEach((reason, revoke) -> {
      Shop own = Shop.login(one.url(), user, PASSWORD);
      Shop elsewhere = new Shop(other.url(), own.token());
      elsewhere.get("/api/users").expect(200); // known and cached there

      revoke.apply(own).expect(204);

      long since = System.nanoTime();
      own.get("/api/users").expect(401);
      boolean isLate;
      int status;
      do {
        isLate = System.nanoTime() - since > REVOKED_WITHIN.toNanos();
        status = elsewhere.get("/api/users").status();
      } while (status == 200 && !isLate);
      assertThat(status).as(reason).isEqualTo(401);
    });
  }

  @Test
  void a_process_that_was_stopped_accepts_no_token_that_was_revoked_meanwhile() {
    String user = "revoked-" + UUID.randomUUID();
    shop(one)
        .post(
            "/api/users",
            Map.of("username", user, "password", PASSWORD, "roles", List.of("operator")))
        .expect(201);
    Shop elsewhere = new Shop(other.url(), Shop.login(one.url(), user, PASSWORD).token());
    elsewhere.get("/api/orders").expect(200);

    other.freeze();
    shop(one).delete("/api/users/" + user, null).expect(204);
    long since = System.nanoTime();
    Shop.eventually(
        "its knowledge is out of date",
        () -> System.nanoTime() - since > REVOKED_WITHIN.toNanos() ? true : null);
    other.thaw();

    elsewhere.get("/api/orders").expect(401);
  }

  @Test
  void a_refresh_token_is_exchanged_at_any_process() {
    Shop.Reply login =
        Shop.anonymous(one.url())
            .post("/api/auth/token", Map.of("username", "admin", "password", PASSWORD))
            .expect(200);

    Shop.Reply next =
        Shop.anonymous(other.url())
            .post("/api/auth/refresh", Map.of("refreshToken", login.text("refreshToken")))
            .expect(200);

    new Shop(one.url(), next.text("accessToken")).get("/api/users").expect(200);
  }

  /** Logged in once: a log-in for each look would take the processor from what is looked at. */
  private static Shop shop(ReservaProcess process) {
    return Objects.requireNonNull(shops.get(process));
  }

  private static ReservaProcess runnerOf(String subscription) {
    return Shop.eventually(
        "somebody runs " + subscription,
        () ->
            runBy(one).contains(subscription)
                ? one
                : runBy(other).contains(subscription) ? other : null);
  }

  /** The subscriptions that a process reports as its own. */
  private static Set<String> runBy(ReservaProcess process) {
    Set<String> running = new TreeSet<>();
    for (JsonNode queue : shop(process).get("/api/stats").expect(200).body().path("queues")) {
      if (queue.path("state").asString().equals("running")) {
        running.add(queue.path("subscription").asString());
      }
    }
    return running;
  }

  private static void awaitTakenOver(ReservaProcess heir, Set<String> subscriptions) {
    Shop.eventually(
        "the other has taken over",
        Shop.EVENTUALLY,
        () -> runBy(heir).containsAll(subscriptions) ? true : null,
        () ->
            "%s\n%s\n%s"
                .formatted(
                    shop(heir).get("/api/stats").body().path("queues"),
                    sql.queryForList(BUSY),
                    heir.tail()));
  }

  /** Waits until a process has found that another has taken over each of these subscriptions. */
  private static void awaitLost(ReservaProcess process, int said, Set<String> subscriptions) {
    Shop.eventually(
        "the process that was stopped finds itself fenced out",
        () -> {
          List<String> lost = lost(process);
          return lost.subList(said, lost.size()).containsAll(subscriptions) ? true : null;
        });
  }

  /**
   * Checks that each subscription was taken over, and that what this process runs it has claimed
   * after that. It may do so when the other's lease expires, as on a machine that stalls.
   *
   * @param before the epochs while this process was stopped
   */
  private static void assertRunsOnlyWhatItClaimedAnew(
      ReservaProcess process, Map<String, Long> before) {
    Set<String> running = runBy(process);
    Map<String, Long> now = epochs(before.keySet());
    before.forEach((subscription, epoch) ->
        assertThat(now.get(subscription))
            .as(subscription)
            .isGreaterThanOrEqualTo(epoch + (running.contains(subscription) ? 2 : 1)));
  }

  private static Map<String, Long> epochs(Set<String> subscriptions) {
    Map<String, Long> epochs = new HashMap<>();
    sql.query(
        "select name, epoch from messaging.subscription",
        row -> {
          epochs.put(row.getString("name"), row.getLong("epoch"));
        });
    epochs.keySet().retainAll(subscriptions);
    return epochs;
  }

  private static @Nullable Boolean sessions(ReservaProcess process, String which) {
    Long count =
        sql.queryForObject(SESSIONS + which, Long.class, process.data().getFileName().toString());
    return (count != null && count > 0L) ? true : null;
  }

  /** The subscriptions that a process has found taken over, in order. */
  private static List<String> lost(ReservaProcess process) {
    try {
      return LOST.matcher(Files.readString(process.log()))
          .results()
          .map(it -> it.group(1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
