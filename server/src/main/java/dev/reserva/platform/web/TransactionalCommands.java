package dev.reserva.platform.web;

import dev.reserva.messaging.GroupCommit;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Worker;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.AuditedCommand;
import dev.reserva.platform.security.Sealing;
import dev.reserva.platform.web.IdempotencyStore.Claim;
import dev.reserva.platform.web.IdempotencyStore.KeyTaken;
import dev.reserva.platform.web.IdempotencyStore.Remembered;
import dev.reserva.platform.web.IdempotencyStore.Stored;
import dev.reserva.platform.web.RequestContext.IdempotencyKey;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/**
 * Commits the effect of a command, its stored answer and, for staff, its audit record in one
 * transaction.
 */
final class TransactionalCommands implements Commands, AutoCloseable {

  private static final Duration KEPT = Duration.ofHours(24);
  private static final Duration PURGE_INTERVAL = Duration.ofMinutes(1);
  private static final int PURGE_BATCH = 1_000;

  /** Begins a stored body that is encrypted. No JSON begins so. */
  private static final String SEALED = "sealed:";

  private final Transactions transactions;
  private final AuditTrail trail;
  private final JsonMapper json;
  private final Sealing sealing;
  private final IdempotencyStore store = new IdempotencyStore();

  /** The groups by the path of their requests. */
  private final Map<String, Group> groups = new ConcurrentHashMap<>();

  private record Group(String name, GroupCommit<?, ?> commit) {}

  /**
   * @param sealing encrypts answers that show a secret
   */
  TransactionalCommands(
      Transactions transactions, AuditTrail trail, JsonMapper json, Sealing sealing) {
    this.transactions = transactions;
    this.trail = trail;
    this.json = json;
    this.sealing = sealing;
  }

  /** Deletes answers that are older than a day. */
  Worker purge() {
    return new Worker(
        "platform.idempotency-purge",
        PURGE_INTERVAL,
        () ->
            transactions.call(tx -> store.purge(KEPT.toSeconds(), PURGE_BATCH, tx)) == PURGE_BATCH);
  }

  @Override
  public ResponseEntity<?> execute(RequestContext request, Function<UnitOfWork, Answer> work) {
    IdempotencyKey key = request.idempotency();
    if (key == null) {
      return entity(transactions.call(tx -> carriedOut(request, work, tx)));
    }
    try {
      return transactions.call(tx -> once(request, key, work, tx));
    } catch (KeyTaken e) {
      // The first request committed between this look-up and this commit, so its answer is stored
      // now.
      try {
        return transactions.call(tx -> once(request, key, work, tx));
      } catch (KeyTaken again) {
        throw stillRunning();
      }
    }
  }

  private Answer carriedOut(
      RequestContext request, Function<UnitOfWork, Answer> work, UnitOfWork tx) {
    Answer answer = work.apply(tx);
    if (AuditedCommands.concerns(request)) {
      trail.commands(List.of(AuditedCommands.of(request, answer)), tx);
    }
    return answer;
  }

  private ResponseEntity<?> once(
      RequestContext request,
      IdempotencyKey key,
      Function<UnitOfWork, Answer> work,
      UnitOfWork tx) {
    return switch (store.claim(key, tx)) {
      case Claim.Busy _ -> throw stillRunning();
      case Claim.Answered(Stored stored) -> replay(key, stored);
      case Claim.Free _ -> {
        Remembered answer = remembered(key, carriedOut(request, work, tx));
        store.remember(List.of(answer), tx);
        yield entity(answer.status(), answer.headers(), opened(key, answer.body()), false);
      }
    };
  }

  @Override
  public <C> Grouped<C> grouped(Kind kind, GroupCommit.Limits limits, GroupHandler<C> handler) {
    GroupCommit<Request<C>, Outcome> group =
        new GroupCommit<>(
            kind.name(), transactions, limits, (requests, tx) -> handle(requests, handler, tx));
    groups.put(kind.path(), new Group(kind.name(), group));
    Set<UUID> underWay = ConcurrentHashMap.newKeySet();
    return (request, command) -> start(new Request<>(request, command), group, underWay);
  }

  /**
   * @param underWay ids of the idempotency keys whose commands have no answer yet
   */
  private <C> Started start(
      Request<C> request, GroupCommit<Request<C>, Outcome> group, Set<UUID> underWay) {
    IdempotencyKey key = request.context().idempotency();
    if (key == null) {
      return new InGroup(group.start(request));
    }
    UUID id = IdempotencyStore.idOf(key);
    if (!underWay.add(id)) {
      throw stillRunning();
    }
    CompletableFuture<Outcome> outcome;
    try {
      outcome = group.start(request);
    } catch (RuntimeException e) {
      underWay.remove(id);
      throw e;
    }
    return new InGroup(outcome.whenComplete((_, _) -> underWay.remove(id)));
  }

  /**
   * Checks that the queue of this path's group has room.
   *
   * @throws dev.reserva.messaging.Overloaded if the command would be refused
   */
  void requireRoom(String path) {
    Group group = groups.get(path);
    if (group != null) {
      group.commit().requireRoom();
    }
  }

  /** Meters of every group, {@code reserva.commands.*}. */
  void bindTo(MeterRegistry registry) {
    for (Group group : groups.values()) {
      GroupCommit<?, ?> commit = group.commit();
      Tags tags = Tags.of("command", group.name());
      Gauge.builder("reserva.commands.waiting", () -> commit.status().waiting())
          .description("commands that wait or are being committed")
          .tags(tags)
          .register(registry);
      TimeGauge.builder(
              "reserva.commands.expected.wait",
              () -> commit.status().expectedWait().toNanos(),
              TimeUnit.NANOSECONDS)
          .description("expected wait of one more command")
          .tags(tags)
          .register(registry);
      FunctionCounter.builder("reserva.commands.answered", commit, it -> it.status().answered())
          .description("commands whose group has been answered")
          .tags(tags)
          .register(registry);
      FunctionCounter.builder("reserva.commands.refused", commit, it -> it.status().refused())
          .description("commands refused because their expected wait was too long")
          .tags(tags)
          .register(registry);
    }
  }

  private final class InGroup implements Started {
    private final CompletableFuture<Outcome> outcome;

    InGroup(CompletableFuture<Outcome> outcome) {
      this.outcome = outcome;
    }

    @Override
    public void whenDone(Consumer<@Nullable Answer> then) {
      var _ =
          outcome.whenComplete((known, _) ->
              then.accept(known instanceof Outcome.Fresh(Answer fresh) ? fresh : null));
    }

    @Override
    public ResponseEntity<?> answer() {
      try {
        return TransactionalCommands.this.answer(GroupCommit.outcome(outcome));
      } catch (KeyTaken e) {
        throw stillRunning();
      }
    }
  }

  private <C> List<Outcome> handle(
      List<Request<C>> requests, GroupHandler<C> handler, UnitOfWork tx) {
    Map<UUID, Stored> known = store.find(ids(requests), tx);
    List<Request<C>> fresh =
        known.isEmpty()
            ? requests
            : requests.stream().filter(request -> stored(request, known) == null).toList();
    List<Result> results = fresh.isEmpty() ? List.of() : handler.handle(fresh, tx);
    if (results.size() != fresh.size()) {
      throw new IllegalStateException(
          "handler answered %d of %d commands".formatted(results.size(), fresh.size()));
    }
    List<Outcome> outcomes = new ArrayList<>(requests.size());
    List<Remembered> answers = new ArrayList<>();
    List<AuditedCommand> audited = new ArrayList<>();
    int next = 0;
    for (Request<C> request : requests) {
      IdempotencyKey key = request.context().idempotency();
      Stored stored = stored(request, known);
      if (key != null && stored != null) {
        outcomes.add(new Outcome.Repeated(key, stored));
        continue;
      }
      Result result = results.get(next++);
      if (result instanceof Result.Done(Answer answer)
          && AuditedCommands.concerns(request.context())) {
        audited.add(AuditedCommands.of(request.context(), answer));
      }
      switch (result) {
        case Result.Refused(Problem problem) -> outcomes.add(new Outcome.Refused(problem));
        case Result.Done(Answer answer) when key == null -> outcomes.add(new Outcome.Fresh(answer));
        case Result.Done(Answer answer) -> {
          answers.add(remembered(key, answer));
          outcomes.add(new Outcome.Fresh(answer));
        }
      }
    }
    trail.commands(audited, tx);
    store.remember(answers, tx);
    return outcomes;
  }

  private static <C> Set<UUID> ids(List<Request<C>> requests) {
    return requests.stream()
        .map(request -> request.context().idempotency())
        .filter(key -> key != null)
        .map(IdempotencyStore::idOf)
        .collect(Collectors.toSet());
  }

  private static <C> @Nullable Stored stored(Request<C> request, Map<UUID, Stored> known) {
    IdempotencyKey key = request.context().idempotency();
    return key == null ? null : known.get(IdempotencyStore.idOf(key));
  }

  /** The result of a command. The caller's thread makes the HTTP answer from it. */
  private sealed interface Outcome {
    record Fresh(Answer answer) implements Outcome {}

    record Repeated(IdempotencyKey key, Stored stored) implements Outcome {}

    record Refused(Problem problem) implements Outcome {}
  }

  private ResponseEntity<?> answer(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Fresh(Answer answer) -> entity(answer);
      case Outcome.Repeated(IdempotencyKey key, Stored stored) -> replay(key, stored);
      case Outcome.Refused(Problem problem) -> throw problem;
    };
  }

  private ResponseEntity<?> replay(IdempotencyKey key, Stored stored) {
    if (!MessageDigest.isEqual(key.fingerprint(), stored.fingerprint())) {
      throw Problem.impossible(
          "idempotency-key-reused",
          "Idempotency-Key used for another request",
          "this Idempotency-Key was used with another path or body; a new request needs a new key");
    }
    return entity(stored.status(), stored.headers(), opened(key, stored.body()), true);
  }

  private static Problem stillRunning() {
    return Problem.conflict(
            "idempotency-key-in-use",
            "The first request is still running",
            "a request with this Idempotency-Key is being carried out; try again after Retry-After")
        .withHeader("Retry-After", "1");
  }

  private Remembered remembered(IdempotencyKey key, Answer answer) {
    Object body = answer.body();
    return new Remembered(
        key,
        answer.status(),
        answer.headers().entrySet().stream()
            .map(header -> header.getKey() + ": " + header.getValue())
            .collect(Collectors.joining("\n")),
        body == null ? null : stored(key, body));
  }

  private String stored(IdempotencyKey key, Object body) {
    String text = json.writeValueAsString(body);
    return body instanceof Confidential
        ? SEALED + sealing.seal(text, IdempotencyStore.idOf(key).toString())
        : text;
  }

  /** The body of a stored answer; absent if this process does not have the key that opens it. */
  private @Nullable String opened(IdempotencyKey key, @Nullable String body) {
    return body == null || !body.startsWith(SEALED)
        ? body
        : sealing
            .open(body.substring(SEALED.length()), IdempotencyStore.idOf(key).toString())
            .orElse(null);
  }

  private ResponseEntity<?> entity(Answer answer) {
    ResponseEntity.BodyBuilder entity = ResponseEntity.status(answer.status());
    answer.headers().forEach(entity::header);
    return answer.body() == null
        ? entity.build()
        : entity.contentType(MediaType.APPLICATION_JSON).body(answer.body());
  }

  private static ResponseEntity<?> entity(
      int status, String headers, @Nullable String body, boolean replayed) {
    ResponseEntity.BodyBuilder entity = ResponseEntity.status(status);
    headers
        .lines()
        .forEach(header -> {
          int colon = header.indexOf(": ");
          entity.header(header.substring(0, colon), header.substring(colon + 2));
        });
    if (replayed) {
      entity.header(REPLAYED_HEADER, "true");
    }
    return body == null
        ? entity.build()
        : entity
            .contentType(MediaType.APPLICATION_JSON)
            .body(body.getBytes(StandardCharsets.UTF_8));
  }

  /** Commits the waiting commands and refuses new ones. */
  @Override
  public void close() {
    groups.values().forEach(group -> group.commit().close());
  }
}
