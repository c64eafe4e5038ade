package dev.reserva.sales.adapters.web;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.GroupCommit;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.IfMatch;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import dev.reserva.sales.adapters.web.OrderRequests.CancelBody;
import dev.reserva.sales.adapters.web.OrderRequests.Cancellation;
import dev.reserva.sales.adapters.web.OrderRequests.PlaceBody;
import dev.reserva.sales.adapters.web.OrderRequests.StatusBody;
import dev.reserva.sales.adapters.web.OrderRequests.StatusWish;
import dev.reserva.sales.application.AwaitOrder;
import dev.reserva.sales.application.FindOrders;
import dev.reserva.sales.application.MoveOrder;
import dev.reserva.sales.application.MoveOrder.Target;
import dev.reserva.sales.application.MoveOutcome;
import dev.reserva.sales.application.OrderRequest;
import dev.reserva.sales.application.Orders;
import dev.reserva.sales.application.PlaceOrders;
import dev.reserva.sales.application.PlacedOrder;
import dev.reserva.sales.application.Scope;
import dev.reserva.sales.application.TellHistory;
import dev.reserva.sales.domain.OrderState;
import dev.reserva.sales.domain.OrderStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/orders}. */
@Tag(name = "orders", description = "Orders, from their placing to their end.")
@RestController
@RequestMapping("/api/orders")
public final class OrdersController {

  private static final String PATH = "/api/orders/";

  private final Transactions transactions;
  private final Commands commands;
  private final Backbone backbone;
  private final String subscription;
  private final Duration catchUp;
  private final Commands.Grouped<OrderRequest> placing;
  private final MoveOrder moveOrder;
  private final FindOrders findOrders;
  private final TellHistory tellHistory;
  private final AwaitOrder awaitOrder;

  /**
   * @param subscription by which sales learns of products and customers
   * @param limit how long an order for something unknown waits for news that are on their way
   */
  public record CatchUp(Backbone backbone, String subscription, Duration limit) {}

  public OrdersController(
      Transactions transactions,
      Commands commands,
      CatchUp catchUp,
      GroupCommit.Limits limits,
      PlaceOrders placeOrders,
      MoveOrder moveOrder,
      FindOrders findOrders,
      TellHistory tellHistory,
      AwaitOrder awaitOrder) {
    this.transactions = transactions;
    this.commands = commands;
    this.backbone = catchUp.backbone();
    this.subscription = catchUp.subscription();
    this.catchUp = catchUp.limit();
    this.moveOrder = moveOrder;
    this.findOrders = findOrders;
    this.tellHistory = tellHistory;
    this.awaitOrder = awaitOrder;
    this.placing =
        commands.grouped(
            new Commands.Kind("sales.place-order", "/api/orders"),
            limits,
            (requests, tx) -> place(placeOrders, requests, tx));
  }

  @Operation(
      summary = "Place an order",
      description = "Prices are those of the catalogue. A draft is not submitted yet.")
  @Answers(status = 201, body = OrderView.class, headers = "Preference-Applied")
  @Input(
      name = "Prefer",
      type = String.class,
      what = "`wait=N`: answer when the order has come to rest, or after N seconds, at most 30.")
  @Refuses(status = 422, type = "unknown-customer", when = "there is no such customer")
  @Refuses(status = 422, type = "inactive-customer", when = "the customer may not order")
  @Refuses(
      status = 422,
      type = "unknown-product",
      when = "a product is not known",
      with = OrderProblems.Products.class)
  @Refuses(
      status = 422,
      type = "inactive-product",
      when = "a product can no longer be ordered",
      with = OrderProblems.Products.class)
  @Refuses(
      status = 422,
      type = "mixed-currencies",
      when = "the products are priced in several currencies",
      with = OrderProblems.Currencies.class)
  @Refuses(status = 422, type = "order-too-large", when = "a quantity or the total is out of range")
  @PostMapping
  public ResponseEntity<?> place(
      @RequestBody PlaceBody body,
      @RequestHeader(name = "Prefer", required = false) @Nullable List<String> prefer,
      RequestContext request) {
    OrderRequest order = OrderRequests.order(body, request);
    Optional<Duration> wait = PreferWait.of(prefer);
    try {
      return place(order, wait, request);
    } catch (Problem problem) {
      if (!mayBeOnItsWay(problem)) {
        throw problem;
      }
      backbone.awaitCaughtUp(subscription, catchUp);
      return place(order, wait, request);
    }
  }

  private ResponseEntity<?> place(
      OrderRequest order, Optional<Duration> wait, RequestContext request) {
    Commands.Started placing = this.placing.start(request, order);
    return wait.isPresent() ? whenSettled(placing, wait.get()) : placing.answer();
  }

  /**
   * Nobody waits if the order is not under way, or if the answer is remembered of an earlier
   * request.
   */
  private ResponseEntity<?> whenSettled(Commands.Started placing, Duration timeout) {
    AwaitOrder.Wait wait = awaitOrder.prepare();
    placing.whenDone(answer -> {
      if (answer != null && answer.body() instanceof OrderView view && isUnderWay(view)) {
        wait.placed(view.id(), timeout);
      } else {
        wait.notPlaced();
      }
    });
    Optional<OrderState> outcome =
        wait.outcome(id -> transactions.snapshot(tx -> findOrders.state(id, tx)));
    ResponseEntity<?> placed = placing.answer();
    if (!(placed.getBody() instanceof OrderView view)) {
      return placed;
    }
    Optional<OrderView> later = isUnderWay(view) ? outcome.map(view::later) : Optional.of(view);
    return later
        .<ResponseEntity<?>>map(order ->
            ResponseEntity.status(placed.getStatusCode())
                .headers(placed.getHeaders())
                .header("Preference-Applied", "wait=" + timeout.toSeconds())
                .body(order))
        .orElse(placed);
  }

  private static boolean isUnderWay(OrderView view) {
    return OrderStatus.valueOf(view.status()).isUnderWay();
  }

  @Operation(summary = "Submit a draft")
  @Answers(body = OrderView.class, tagged = true)
  @Refuses(
      status = 409,
      type = "order-state",
      when = "the order's state does not allow it",
      with = OrderProblems.WrongState.class)
  @Refuses(status = 422, type = "inactive-customer", when = "the customer may not order")
  @PostMapping("/{id}/submit")
  public ResponseEntity<?> submit(@PathVariable UUID id, IfMatch ifMatch, RequestContext request) {
    Scope scope = OrderRequests.scope(request.caller());
    return commands.execute(
        request,
        tx -> {
          requireSeen(id, scope, ifMatch, tx);
          return tagged(Answer::ok, done(moveOrder.submit(id, scope, request.cause(), tx)));
        });
  }

  @Operation(summary = "List orders", description = "A customer sees its own.")
  @Input(name = "status", type = OrderStatus.class, what = "Only orders in this status.")
  @Input(name = "customerId", what = "Only orders of this customer.")
  @Input(name = "from", type = Instant.class, what = "Only orders placed at this time or later.")
  @Input(name = "to", type = Instant.class, what = "Only orders placed before this time.")
  @GetMapping
  public Page<OrderView> list(
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable UUID customerId,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      PageRequest page,
      RequestContext request) {
    Orders.Filter filter = OrderRequests.filter(status, customerId, from, to, request.caller());
    UUID before = page.before();
    List<PlacedOrder> found =
        transactions.snapshot(tx -> findOrders.list(filter, before, page.limit() + 1, tx));
    return Page.of(found, page, order -> order.state().id().toString()).map(OrderView::of);
  }

  @Operation(summary = "Get an order")
  @Answers(tagged = true)
  @GetMapping("/{id}")
  public ResponseEntity<OrderView> find(@PathVariable UUID id, RequestContext request) {
    Scope scope = OrderRequests.scope(request.caller());
    OrderView view =
        OrderView.of(
            transactions
                .snapshot(tx -> findOrders.one(id, scope, tx))
                .orElseThrow(() -> OrderProblems.noSuchOrder(id)));
    return ResponseEntity.ok().eTag(view.etag()).body(view);
  }

  @Operation(summary = "Tell the story of an order", description = "Its events, oldest first.")
  @GetMapping("/{id}/history")
  public Page<ChapterView> history(
      @PathVariable UUID id, PageRequest page, RequestContext request) {
    Scope scope = OrderRequests.scope(request.caller());
    long after = OrderRequests.position(page);
    if (!transactions.snapshot(tx -> findOrders.mayBeSeen(id, scope, tx))) {
      throw OrderProblems.noSuchOrder(id);
    }
    return Page.of(
            tellHistory.of(id, after, page.limit() + 1),
            page,
            chapter -> Long.toString(chapter.position()))
        .map(ChapterView::of);
  }

  @Operation(summary = "Move an order along its state machine")
  @Answers(body = OrderView.class, tagged = true)
  @Refuses(
      status = 409,
      type = "order-state",
      when = "the order's state does not allow it",
      with = OrderProblems.WrongState.class)
  @Refuses(status = 422, type = "inactive-customer", when = "the customer may not order")
  @PutMapping("/{id}/status")
  public ResponseEntity<?> move(
      @PathVariable UUID id,
      IfMatch ifMatch,
      @RequestBody StatusBody body,
      RequestContext request) {
    Scope scope = OrderRequests.scope(request.caller());
    StatusWish wish = OrderRequests.status(body);
    return commands.execute(
        request,
        tx -> {
          requireSeen(id, scope, ifMatch, tx);
          return tagged(Answer::ok, done(move(id, wish, scope, request, tx)));
        });
  }

  @Operation(summary = "Cancel an order")
  @Answers(status = 202, body = OrderView.class, tagged = true)
  @Refuses(
      status = 409,
      type = "order-state",
      when = "the order's state does not allow it",
      with = OrderProblems.WrongState.class)
  @Refuses(status = 422, type = "inactive-customer", when = "the customer may not order")
  @DeleteMapping("/{id}")
  public ResponseEntity<?> cancel(
      @PathVariable UUID id,
      IfMatch ifMatch,
      @RequestBody(required = false) @Nullable CancelBody body,
      RequestContext request) {
    Scope scope = OrderRequests.scope(request.caller());
    Cancellation wish = OrderRequests.cancellation(body, request.caller());
    return commands.execute(
        request,
        tx -> {
          requireSeen(id, scope, ifMatch, tx);
          return tagged(
              Answer::accepted,
              done(moveOrder.cancel(id, wish.why(), wish.note(), scope, request.cause(), tx)));
        });
  }

  private void requireSeen(UUID id, Scope scope, IfMatch ifMatch, UnitOfWork tx) {
    if (!ifMatch.isAny()) {
      moveOrder.examine(
          id,
          scope,
          order ->
              ifMatch.require(
                  OrderView.etag(order.version(), order.updatedAt()),
                  OrderView.versionTag(order.version())),
          tx);
    }
  }

  private static Answer tagged(Function<Object, Answer> answer, OrderView order) {
    return answer.apply(order).withHeader(HttpHeaders.ETAG, order.etag());
  }

  private static List<Commands.Result> place(
      PlaceOrders placeOrders, List<Commands.Request<OrderRequest>> requests, UnitOfWork tx) {
    return placeOrders.place(requests.stream().map(Commands.Request::command).toList(), tx).stream()
        .map(OrdersController::result)
        .toList();
  }

  private static Commands.Result result(PlaceOrders.Outcome outcome) {
    return switch (outcome) {
      case PlaceOrders.Outcome.Placed placed ->
          new Commands.Result.Done(
              Answer.created(PATH + placed.order().state().id(), OrderView.of(placed.order())));
      case PlaceOrders.Outcome.Refused refused ->
          new Commands.Result.Refused(OrderProblems.of(refused.refusal()));
    };
  }

  /** Whether what the order names may have been made a moment ago, so that news of it is coming. */
  private static boolean mayBeOnItsWay(Problem problem) {
    return problem.type().equals(OrderProblems.UNKNOWN_PRODUCT)
        || problem.type().equals(OrderProblems.UNKNOWN_CUSTOMER);
  }

  private MoveOutcome move(
      UUID id, StatusWish wish, Scope scope, RequestContext request, UnitOfWork tx) {
    return switch (wish.status()) {
      case SHIPPED -> moveOrder.move(id, Target.SHIPPED, scope, request.cause(), tx);
      case DELIVERED -> moveOrder.move(id, Target.DELIVERED, scope, request.cause(), tx);
      case COMPLETED -> moveOrder.move(id, Target.COMPLETED, scope, request.cause(), tx);
      case CANCELLED ->
          moveOrder.cancel(
              id,
              wish.cancellation().why(),
              wish.cancellation().note(),
              scope,
              request.cause(),
              tx);
      case DRAFT, PENDING, PENDING_PAYMENT, PAID, CONFIRMED, FAILED ->
          notByHand(findOrders.one(id, scope, tx), id);
    };
  }

  /** These states follow from what other services report, and from nothing else. */
  private static MoveOutcome notByHand(Optional<PlacedOrder> order, UUID id) {
    return order
        .<MoveOutcome>map(found -> new MoveOutcome.WrongState(id, found.state().status()))
        .orElseGet(() -> new MoveOutcome.NoSuchOrder(id));
  }

  private static OrderView done(MoveOutcome outcome) {
    return switch (outcome) {
      case MoveOutcome.Done done -> OrderView.of(done.order());
      case MoveOutcome.NoSuchOrder unknown -> throw OrderProblems.of(unknown);
      case MoveOutcome.WrongState wrong -> throw OrderProblems.of(wrong);
      case MoveOutcome.InactiveCustomer buyer -> throw OrderProblems.of(buyer);
    };
  }
}
