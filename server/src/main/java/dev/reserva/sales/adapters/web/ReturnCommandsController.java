package dev.reserva.sales.adapters.web;

import static java.util.Objects.requireNonNullElse;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.IfMatch;
import dev.reserva.platform.web.RequestContext;
import dev.reserva.sales.application.MoveReturn;
import dev.reserva.sales.domain.Receipt;
import dev.reserva.sales.domain.Return;
import dev.reserva.sales.domain.ReturnAnswer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/returns/{id}}: moves one return on. */
@Tag(name = "returns")
@RestController
@RequestMapping("/api/returns/{id}")
public final class ReturnCommandsController {

  private final Commands commands;
  private final MoveReturn moveReturn;

  public ReturnCommandsController(Commands commands, MoveReturn moveReturn) {
    this.commands = commands;
    this.moveReturn = moveReturn;
  }

  @Operation(summary = "Approve a return", description = "The goods may be sent back.")
  @Answers(body = ReturnView.class, tagged = true)
  @Refuses(
      status = 409,
      type = "return-state",
      when = "it is not REQUESTED",
      with = ReturnProblems.WrongState.class)
  @PostMapping("/approve")
  public ResponseEntity<?> approve(@PathVariable UUID id, IfMatch ifMatch, RequestContext request) {
    MoveReturn.Command command = command(id, ifMatch, request);
    return execute(request, id, "sales.return.approve", tx -> moveReturn.approve(command, tx));
  }

  @Operation(
      summary = "Receive a return",
      description =
          "The goods are back. Inventory takes them into stock or writes them off, and financial"
              + " gives the refund back; then the return is REFUNDED.")
  @Answers(body = ReturnView.class, tagged = true)
  @Refuses(
      status = 409,
      type = "return-state",
      when = "it is not APPROVED",
      with = ReturnProblems.WrongState.class)
  @Refuses(
      status = 422,
      type = "refund-too-high",
      when = "the refund is more than the goods have cost, or in another currency",
      with = ReturnProblems.RefundTooHigh.class)
  @Refuses(
      status = 422,
      type = "unknown-location",
      when = "there is no such location",
      with = ReturnProblems.UnknownLocation.class)
  @PostMapping("/receive")
  public ResponseEntity<?> receive(
      @PathVariable UUID id,
      IfMatch ifMatch,
      @RequestBody(required = false) ReturnBodies.@Nullable ReceiveBody body,
      RequestContext request) {
    Receipt receipt = requireNonNullElse(body, ReturnBodies.ReceiveBody.EMPTY).parsed();
    MoveReturn.Command command = command(id, ifMatch, request);
    return execute(
        request, id, "sales.return.receive", tx -> moveReturn.receive(command, receipt, tx));
  }

  @Operation(
      summary = "Reject a return",
      description = "The goods do not come back, or did not come back.")
  @Answers(body = ReturnView.class, tagged = true)
  @Refuses(
      status = 409,
      type = "return-state",
      when = "its goods were received, or it was rejected before",
      with = ReturnProblems.WrongState.class)
  @PostMapping("/reject")
  public ResponseEntity<?> reject(
      @PathVariable UUID id,
      IfMatch ifMatch,
      @RequestBody(required = false) ReturnBodies.@Nullable RejectBody body,
      RequestContext request) {
    String note = requireNonNullElse(body, ReturnBodies.RejectBody.EMPTY).parsed();
    MoveReturn.Command command = command(id, ifMatch, request);
    return execute(request, id, "sales.return.reject", tx -> moveReturn.reject(command, note, tx));
  }

  private static MoveReturn.Command command(UUID id, IfMatch ifMatch, RequestContext request) {
    return new MoveReturn.Command(
        id, goods -> ifMatch.accepts(ReturnView.etag(goods)), request.cause());
  }

  private ResponseEntity<?> execute(
      RequestContext request,
      UUID id,
      String action,
      Function<UnitOfWork, MoveReturn.Outcome> command) {
    return commands.execute(
        request,
        tx ->
            switch (command.apply(tx)) {
              case MoveReturn.Outcome.Unknown _ -> throw ReturnProblems.noSuchReturn(id);
              case MoveReturn.Outcome.UnknownLocation(var location) ->
                  throw ReturnProblems.unknownLocation(location);
              case MoveReturn.Outcome.Stale(var current) ->
                  throw IfMatch.stale(ReturnView.etag(current));
              case MoveReturn.Outcome.Answered(var answer) -> answered(answer, action);
            });
  }

  private static Answer answered(ReturnAnswer answer, String action) {
    return switch (answer) {
      case ReturnAnswer.Done(var before, var now) ->
          Answer.ok(ReturnView.of(now))
              .withHeader(HttpHeaders.ETAG, ReturnView.etag(now))
              .recorded(action, now.id(), changes(before, now));
      case ReturnAnswer.Refusal refusal -> throw ReturnProblems.of(refusal);
    };
  }

  private static Changes changes(Return before, Return now) {
    Changes status = Changes.of("status", before.status(), now.status());
    return now.refund().equals(before.refund())
        ? status
        : status.and("refund", before.refund(), now.refund());
  }
}
