package dev.reserva.platform.web;

import dev.reserva.messaging.GroupCommit;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * Turns a request that changes something into one transaction, and makes it happen once per {@code
 * Idempotency-Key}: the key and the answer are stored in the transaction of the effect.
 *
 * <p>The same key and body again: the first answer with {@code Idempotency-Replayed: true}. Another
 * body: 422. The first still running: 409. A command that fails leaves no trace, and its key is
 * free again.
 */
public interface Commands {

  /** Of an answer that was given before. */
  String REPLAYED_HEADER = "Idempotency-Replayed";

  /**
   * Carries out one command in a transaction of its own.
   *
   * @param work decides and changes; a {@link Problem} thrown by it rolls everything back and
   *     becomes the answer
   */
  ResponseEntity<?> execute(RequestContext request, Function<UnitOfWork, Answer> work);

  /**
   * A kind of command that many callers send at once, carried out by group commit. To be made once
   * per kind, when its controller is.
   *
   * @param limits beyond which callers are answered 503 with Retry-After, where possible before
   *     their request's body is read
   */
  <C> Grouped<C> grouped(Kind kind, GroupCommit.Limits limits, GroupHandler<C> handler);

  /**
   * @param name names the group in threads and statistics, such as {@code sales.place-order}
   * @param path of the POST requests that carry such a command, without variables
   */
  record Kind(String name, String path) {}

  /** Carries out commands of one kind set-wise. */
  @FunctionalInterface
  interface GroupHandler<C> {

    /**
     * @param commands never two with one idempotency key, and none that was answered before
     * @return one result per command, in their order; a refused command must have changed nothing
     */
    List<Result> handle(List<Request<C>> commands, UnitOfWork tx);
  }

  record Request<C>(RequestContext context, C command) {}

  /** What came of one command in a group. */
  sealed interface Result {
    record Done(Answer answer) implements Result {}

    record Refused(Problem problem) implements Result {}
  }

  /** A kind of command with its group. */
  interface Grouped<C> {

    /**
     * Waits for the command's group and answers.
     *
     * @throws Problem when it was refused
     * @throws dev.reserva.messaging.Overloaded when it would have to wait for too long
     */
    default ResponseEntity<?> execute(RequestContext request, C command) {
      return start(request, command).answer();
    }

    /**
     * Lets the command wait for its group.
     *
     * @throws Problem when a request with its key is being carried out
     * @throws dev.reserva.messaging.Overloaded when it would have to wait for too long
     */
    Started start(RequestContext request, C command);
  }

  /** A command that waits for its group. */
  interface Started {

    /**
     * Has somebody told, once, what came of the command as soon as it is durable.
     *
     * @param then takes the answer; null when the command was refused, has failed, or was carried
     *     out by an earlier request. Called by the committing thread, so it must be short
     */
    void whenDone(Consumer<@Nullable Answer> then);

    /**
     * Waits for the command's group and answers.
     *
     * @throws Problem when it was refused
     */
    ResponseEntity<?> answer();
  }
}
