package dev.reserva.platform.web;

import dev.reserva.messaging.GroupCommit;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** Runs each command at once and alone, and stores no answer. */
public final class DirectCommands implements Commands {

  private final Transactions transactions;

  public DirectCommands(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public ResponseEntity<?> execute(RequestContext request, Function<UnitOfWork, Answer> work) {
    return response(transactions.call(work));
  }

  @Override
  public <C> Grouped<C> grouped(Kind kind, GroupCommit.Limits limits, GroupHandler<C> handler) {
    return (context, command) ->
        new Carried(
            transactions
                .call(tx -> handler.handle(List.of(new Request<>(context, command)), tx))
                .getFirst());
  }

  /** A command that was carried out or refused when it was started. */
  private record Carried(Result result) implements Started {
    @Override
    public void whenDone(Consumer<@Nullable Answer> then) {
      then.accept(result instanceof Result.Done(Answer answer) ? answer : null);
    }

    @Override
    public ResponseEntity<?> answer() {
      return switch (result) {
        case Result.Done done -> response(done.answer());
        case Result.Refused refused -> throw refused.problem();
      };
    }
  }

  private static ResponseEntity<?> response(Answer answer) {
    var builder = ResponseEntity.status(answer.status());
    answer.headers().forEach(builder::header);
    return builder.body(answer.body());
  }
}
