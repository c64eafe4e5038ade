package dev.reserva.inventory.adapters.web;

import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.RequestContext;
import java.util.List;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;

/** Carries out each command at once and alone, and remembers none. */
final class DirectCommands implements Commands {

  private final Transactions transactions;

  DirectCommands(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public ResponseEntity<?> execute(RequestContext request, Function<UnitOfWork, Answer> work) {
    return response(transactions.call(work));
  }

  @Override
  public <C> Grouped<C> grouped(
      String name, int maxGroup, int maxWaiting, GroupHandler<C> handler) {
    return (context, command) -> {
      List<Result> results =
          transactions.call(tx -> handler.handle(List.of(new Request<>(context, command)), tx));
      return switch (results.getFirst()) {
        case Result.Done done -> response(done.answer());
        case Result.Refused refused -> throw refused.problem();
      };
    };
  }

  private static ResponseEntity<?> response(Answer answer) {
    var builder = ResponseEntity.status(answer.status());
    answer.headers().forEach(builder::header);
    return builder.body(answer.body());
  }
}
