package dev.reserva.sales.adapters.web;

import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.openapi.RefusesWhileCatchingUp;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import dev.reserva.sales.application.FindOrders;
import dev.reserva.sales.application.RequestReturn;
import dev.reserva.sales.application.Returns;
import dev.reserva.sales.application.Scope;
import dev.reserva.sales.domain.OrderReturns;
import dev.reserva.sales.domain.Return;
import dev.reserva.sales.domain.ReturnStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Requests returns and shows them. */
@Tag(name = "returns", description = "Goods of delivered orders that come back.")
@RestController
public final class ReturnsController {

  private final Transactions transactions;
  private final Commands commands;
  private final CatchUp catchUp;
  private final RequestReturn requestReturn;
  private final FindOrders findOrders;
  private final Returns returns;

  public ReturnsController(
      Transactions transactions,
      Commands commands,
      CatchUp catchUp,
      RequestReturn requestReturn,
      FindOrders findOrders,
      Returns returns) {
    this.transactions = transactions;
    this.commands = commands;
    this.catchUp = catchUp;
    this.requestReturn = requestReturn;
    this.findOrders = findOrders;
    this.returns = returns;
  }

  @Operation(
      summary = "Request a return",
      description =
          "Of a delivered order, whole or in part. The units are held: no other return can name"
              + " them, unless this one is rejected.")
  @Answers(status = 201, body = ReturnView.class, tagged = true)
  @Refuses(
      status = 409,
      type = "not-delivered",
      when = "the order is not DELIVERED or COMPLETED, and none of its goods has arrived",
      with = ReturnProblems.NotDelivered.class)
  @Refuses(
      status = 409,
      type = "more-than-returnable",
      when = "more units are named than were delivered and have not come back",
      with = ReturnProblems.TooMany.class)
  @Refuses(status = 409, type = "nothing-returnable", when = "its returns name all of its goods")
  @Refuses(status = 409, type = "too-many-returns", when = "the order has 100 returns")
  @Refuses(
      status = 422,
      type = "not-in-order",
      when = "a named product is not in the order",
      with = ReturnProblems.NotInOrder.class)
  @Refuses(
      status = 422,
      type = "unknown-location",
      when = "there is no such location",
      with = ReturnProblems.UnknownLocation.class)
  @RefusesWhileCatchingUp
  @PostMapping("/api/orders/{id}/returns")
  public ResponseEntity<?> request(
      @PathVariable UUID id,
      @RequestBody(required = false) ReturnBodies.@Nullable RequestBody body,
      RequestContext request) {
    boolean byStaff = OrderRequests.runsTheShop(request.caller());
    ReturnBodies.Parsed parsed =
        ReturnBodies.parsed(
            Objects.requireNonNullElse(body, ReturnBodies.RequestBody.EMPTY), byStaff);
    var command =
        new RequestReturn.Command(
            id,
            OrderRequests.scope(request.caller()),
            parsed.units(),
            parsed.destination(),
            parsed.reason(),
            request.cause());
    return catchUp.retry(() -> commands.execute(request, tx -> requested(command, tx)));
  }

  private Answer requested(RequestReturn.Command command, UnitOfWork tx) {
    UUID order = command.orderId();
    OrderReturns.Answer answer =
        requestReturn.request(command, tx).orElseThrow(() -> OrderProblems.noSuchOrder(order));
    return switch (answer) {
      case OrderReturns.Answer.Requested(var goods) ->
          Answer.created("/api/returns/" + goods.id(), ReturnView.of(goods))
              .withHeader(HttpHeaders.ETAG, ReturnView.etag(goods))
              .recorded(
                  "sales.return.request",
                  goods.id(),
                  Changes.now("status", goods.status()).and("orderId", null, order));
      case OrderReturns.Answer.NotDelivered refused -> throw ReturnProblems.of(refused);
      case OrderReturns.Answer.NotInOrder refused -> throw ReturnProblems.of(order, refused);
      case OrderReturns.Answer.TooMany refused -> throw ReturnProblems.of(order, refused);
      case OrderReturns.Answer.NothingLeft _ -> throw ReturnProblems.nothingLeft(order);
      case OrderReturns.Answer.TooManyReturns _ -> throw ReturnProblems.tooManyReturns(order);
      case OrderReturns.Answer.UnknownLocation(var location) ->
          throw ReturnProblems.unknownLocation(location);
    };
  }

  @Operation(summary = "List the returns of an order", description = "Newest first.")
  @GetMapping("/api/orders/{id}/returns")
  public Page<ReturnView> ofOrder(@PathVariable UUID id, PageRequest page, RequestContext request) {
    Scope scope = scope(request.caller());
    if (transactions.snapshot(tx -> findOrders.state(id, scope, tx)).isEmpty()) {
      throw OrderProblems.noSuchOrder(id);
    }
    return page(new Returns.Filter(id, scope.customerId(), null), page);
  }

  @Operation(summary = "List returns", description = "Newest first. A customer lists own ones.")
  @Input(name = "orderId", what = "Only returns of this order.")
  @Input(name = "customerId", what = "Only returns of this customer.")
  @Input(name = "status", type = ReturnStatus.class, what = "Only returns in this status.")
  @GetMapping("/api/returns")
  public Page<ReturnView> list(
      @RequestParam(required = false) @Nullable UUID orderId,
      @RequestParam(required = false) @Nullable UUID customerId,
      @RequestParam(required = false) @Nullable String status,
      PageRequest page,
      RequestContext request) {
    var errors = new InputErrors();
    ReturnStatus wanted = errors.parameter("status", status, ReturnStatus::parse);
    errors.throwIfAny();
    UUID own = scope(request.caller()).customerId();
    if (own != null && customerId != null && !own.equals(customerId)) {
      throw Problem.forbidden("customerId must be the own one of the customer, or be left out");
    }
    return page(new Returns.Filter(orderId, own == null ? customerId : own, wanted), page);
  }

  private Page<ReturnView> page(Returns.Filter filter, PageRequest page) {
    UUID before = page.before();
    return Page.of(
            transactions.snapshot(tx -> returns.list(filter, before, page.limit() + 1, tx)),
            page,
            goods -> goods.id().toString())
        .map(ReturnView::of);
  }

  @Operation(summary = "Get a return")
  @Answers(tagged = true)
  @GetMapping("/api/returns/{id}")
  public ResponseEntity<ReturnView> get(@PathVariable UUID id, RequestContext request) {
    Scope scope = scope(request.caller());
    Return goods =
        transactions
            .snapshot(tx -> returns.find(id, scope, tx))
            .orElseThrow(() -> ReturnProblems.noSuchReturn(id));
    return ResponseEntity.ok().eTag(ReturnView.etag(goods)).body(ReturnView.of(goods));
  }

  /** All returns for staff, the warehouse included. */
  private static Scope scope(Caller caller) {
    return caller.isStaff() ? Scope.EVERYBODY : OrderRequests.scope(caller);
  }
}
