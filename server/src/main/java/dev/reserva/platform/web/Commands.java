package dev.reserva.platform.web;

import dev.reserva.messaging.GroupCommit;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * Runs a request that changes something in one transaction, and at most once per {@code
 * Idempotency-Key}. The key and the answer are stored in the transaction of the effect.
 *
 * <p>A repeated request gets the first answer with {@code Idempotency-Replayed: true}. The same key
 * with another body is 422. A repetition while the first request still runs is 409. A command that
 * fails stores nothing, and its key can be used again.
 */
public interface Commands {

  /** Marks an answer that was stored by an earlier request. */
  String REPLAYED_HEADER = "Idempotency-Replayed";

  /**
   * Runs one command in a transaction of its own.
   *
   * @param work makes the change; a {@link Problem} that it throws rolls the transaction back and
   *     becomes the answer
   */
  ResponseEntity<?> execute(RequestContext request, Function<UnitOfWork, Answer> work);

  /**
   * Creates a group for a kind of command that many callers send at once. Its commands run by group
   * commit. A controller creates its groups once, in its constructor.
   *
   * @param limits limits of the queue; callers beyond them are answered 503 with Retry-After, if
   *     possible before the body of their request is read
   */
  <C> Grouped<C> grouped(Kind kind, GroupCommit.Limits limits, GroupHandler<C> handler);

  /**
   * @param name names the group in threads and statistics, such as {@code sales.place-order}
   * @param path of the POST requests that carry such a command, without variables
   */
  record Kind(String name, String path) {}

  /** Runs commands of one kind as a set. */
  @FunctionalInterface
  interface GroupHandler<C> {

    /**
     * @param commands no two of them have the same idempotency key, and none has a stored answer
     * @return one result per command, in the same order; a refused command must not have changed
     *     anything
     */
    List<Result> handle(List<Request<C>> commands, UnitOfWork tx);
  }

  record Request<C>(RequestContext context, C command) {}

  /** The result of one command in a group. */
  sealed interface Result {
    record Done(Answer answer) implements Result {}

    record Refused(Problem problem) implements Result {}
  }

  /** A kind of command with its group. */
  interface Grouped<C> {

    /**
     * Adds the command to a group, waits for the commit and returns the answer.
     *
     * @throws Problem if the command was refused
     * @throws dev.reserva.messaging.Overloaded if it would have to wait for too long
     */
    default ResponseEntity<?> execute(RequestContext request, C command) {
      return start(request, command).answer();
    }

    /**
     * Adds the command to the queue of its group.
     *
     * @throws Problem if the first request with its key has not finished
     * @throws dev.reserva.messaging.Overloaded if it would have to wait for too long
     */
    Started start(RequestContext request, C command);
  }

  /** A command that waits for its group. */
  interface Started {

    /**
     * Registers a callback that is called once, when the result of the command is durable.
     *
     * @param then receives the answer; null if the command was refused, has failed, or was run by
     *     an earlier request. The committing thread calls it, so it must be short
     */
    void whenDone(Consumer<@Nullable Answer> then);

    /**
     * Waits for the commit and returns the answer.
     *
     * @throws Problem if the command was refused
     */
    ResponseEntity<?> answer();
  }
}
