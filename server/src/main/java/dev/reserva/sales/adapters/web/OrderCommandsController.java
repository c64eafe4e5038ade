package dev.reserva.sales.adapters.web;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.openapi.RefusesWhileCatchingUp;
import dev.reserva.platform.privacy.PaymentTokens;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.IfMatch;
import dev.reserva.platform.web.RequestContext;
import dev.reserva.sales.adapters.web.OrderRequests.CancelBody;
import dev.reserva.sales.adapters.web.OrderRequests.RevisionBody;
import dev.reserva.sales.adapters.web.OrderRequests.SubmitBody;
import dev.reserva.sales.application.Cancellation;
import dev.reserva.sales.application.MoveOrder;
import dev.reserva.sales.application.MoveOutcome;
import dev.reserva.sales.application.OrderCommand;
import dev.reserva.sales.application.ReviseDraft;
import dev.reserva.sales.application.ReviseDraft.Revision;
import dev.reserva.sales.application.StatusChange;
import dev.reserva.sales.application.SubmitDraft;
import dev.reserva.sales.domain.OrderState;
import dev.reserva.sales.domain.OrderStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/orders/{id}}: changes one order. */
@Tag(name = "orders")
@RestController
@RequestMapping("/api/orders/{id}")
public final class OrderCommandsController {

  private final Commands commands;
  private final CatchUp catchUp;
  private final SubmitDraft submitDraft;
  private final ReviseDraft reviseDraft;
  private final MoveOrder moveOrder;
  private final PaymentTokens tokens;

  public OrderCommandsController(
      Commands commands,
      CatchUp catchUp,
      SubmitDraft submitDraft,
      ReviseDraft reviseDraft,
      MoveOrder moveOrder,
      PaymentTokens tokens) {
    this.commands = commands;
    this.catchUp = catchUp;
    this.submitDraft = submitDraft;
    this.reviseDraft = reviseDraft;
    this.moveOrder = moveOrder;
    this.tokens = tokens;
  }

  @Operation(
      summary = "Submit a draft",
      description =
          "The draft is priced anew. If the total has changed, the answer has previousTotal.")
  @Answers(body = OrderView.class, tagged = true)
  @RefusesWrongState
  @Refuses(
      status = 409,
      type = "price-changed",
      when = "the total is not the expected one",
      with = OrderProblems.NewTotal.class)
  @RefusesImpossibleOrder
  @RefusesToHoldTooMuch
  @PostMapping("/submit")
  public ResponseEntity<?> submit(
      @PathVariable UUID id,
      IfMatch ifMatch,
      @RequestBody(required = false) @Nullable SubmitBody body,
      RequestContext request) {
    OrderCommand command = OrderRequests.command(id, ifMatch, request);
    return execute(
        request,
        "sales.order.submit",
        tx -> submitDraft.submit(command, body == null ? null : body.expectedTotal(), tx),
        Answer::ok);
  }

  @Operation(
      summary = "Replace a draft",
      description = "Its items, payment and address are replaced, and it is priced anew.")
  @Answers(body = OrderView.class, tagged = true)
  @RefusesWrongState
  @RefusesImpossibleOrder
  @RefusesWhileCatchingUp
  @PutMapping
  public ResponseEntity<?> revise(
      @PathVariable UUID id,
      IfMatch ifMatch,
      @RequestBody RevisionBody body,
      RequestContext request) {
    OrderCommand command = OrderRequests.command(id, ifMatch, request);
    Revision revision = OrderRequests.revision(body, tokens);
    return catchUp.retry(() ->
        execute(
            request,
            "sales.order.revise",
            tx -> reviseDraft.revise(command, revision, tx),
            Answer::ok));
  }

  @Operation(
      summary = "Set an order's state by hand",
      description =
          "SHIPPED, DELIVERED and COMPLETED follow from the order's shipments. Setting them by hand"
              + " overrides these: the reason is on record, and the shipments follow.")
  @Answers(body = OrderView.class, tagged = true)
  @RefusesWrongState
  @Refuses(status = 409, type = "order-has-returns", when = "some of its goods come back already")
  @PutMapping("/status")
  public ResponseEntity<?> move(
      @PathVariable UUID id,
      IfMatch ifMatch,
      @RequestBody StatusBody body,
      RequestContext request) {
    OrderCommand command = OrderRequests.command(id, ifMatch, request);
    StatusChange change = body.parsed();
    return execute(
        request,
        "sales.order.move",
        tx -> moveOrder.move(command, change, tx),
        done -> changes(done).and("reason", null, change.override()),
        Answer::ok);
  }

  @Operation(summary = "Cancel an order, or delete a draft")
  @Answers(status = 202, body = OrderView.class, tagged = true)
  @Answers(status = 204)
  @RefusesWrongState
  @Refuses(status = 409, type = "order-has-returns", when = "some of its goods come back already")
  @DeleteMapping
  public ResponseEntity<?> cancel(
      @PathVariable UUID id,
      IfMatch ifMatch,
      @RequestBody(required = false) @Nullable CancelBody body,
      RequestContext request) {
    OrderCommand command = OrderRequests.command(id, ifMatch, request);
    Cancellation cancellation = OrderRequests.cancellation(body, request.caller());
    return execute(
        request,
        "sales.order.cancel",
        tx -> moveOrder.cancel(command, cancellation, tx),
        Answer::accepted);
  }

  private ResponseEntity<?> execute(
      RequestContext request,
      String action,
      Function<UnitOfWork, MoveOutcome> command,
      Function<Object, Answer> answer) {
    return execute(request, action, command, OrderCommandsController::changes, answer);
  }

  private ResponseEntity<?> execute(
      RequestContext request,
      String action,
      Function<UnitOfWork, MoveOutcome> command,
      Function<MoveOutcome.Done, Changes> changes,
      Function<Object, Answer> answer) {
    return commands.execute(
        request,
        tx ->
            switch (command.apply(tx)) {
              case MoveOutcome.Done done ->
                  answer
                      .apply(OrderView.submitted(done.order(), done.previousTotal()))
                      .withHeader(HttpHeaders.ETAG, OrderView.etag(done.order().state()))
                      .recorded(action, done.order().state().id(), changes.apply(done));
              case MoveOutcome.Deleted deleted ->
                  Answer.noContent()
                      .recorded(
                          action, deleted.orderId(), Changes.was("status", OrderStatus.DRAFT));
              case MoveOutcome.Refused refused -> throw OrderProblems.of(refused.refusal());
            });
  }

  private static Changes changes(MoveOutcome.Done done) {
    OrderState now = done.order().state();
    Changes status = Changes.of("status", done.before(), now.status());
    return done.previousTotal() == null
        ? status
        : status.and("total", done.previousTotal(), now.total());
  }
}
