package dev.reserva.sales.adapters.web;

import dev.reserva.messaging.GroupCommit;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.openapi.RefusesWhileCatchingUp;
import dev.reserva.platform.privacy.PaymentTokens;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.RequestContext;
import dev.reserva.sales.adapters.web.OrderRequests.PlaceBody;
import dev.reserva.sales.application.AwaitOrder;
import dev.reserva.sales.application.FindOrders;
import dev.reserva.sales.application.OrderRequest;
import dev.reserva.sales.application.Orders;
import dev.reserva.sales.application.PlaceOrders;
import dev.reserva.sales.application.PlacedOrder;
import dev.reserva.sales.application.ReadOrderHistory;
import dev.reserva.sales.application.Scope;
import dev.reserva.sales.domain.OrderState;
import dev.reserva.sales.domain.OrderStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/orders}: places orders and shows them. */
@Tag(name = "orders", description = "Orders, from placement to their final state.")
@RestController
@RequestMapping("/api/orders")
public final class OrdersController {

  private static final String PATH = "/api/orders/";

  private final Transactions transactions;
  private final CatchUp catchUp;
  private final Commands.Grouped<OrderRequest> placing;
  private final FindOrders findOrders;
  private final ReadOrderHistory readOrderHistory;
  private final AwaitOrder awaitOrder;
  private final PaymentTokens tokens;

  public OrdersController(
      Transactions transactions,
      Commands commands,
      CatchUp catchUp,
      GroupCommit.Limits limits,
      PlaceOrders placeOrders,
      FindOrders findOrders,
      ReadOrderHistory readOrderHistory,
      AwaitOrder awaitOrder,
      PaymentTokens tokens) {
    this.transactions = transactions;
    this.catchUp = catchUp;
    this.findOrders = findOrders;
    this.readOrderHistory = readOrderHistory;
    this.awaitOrder = awaitOrder;
    this.tokens = tokens;
    this.placing =
        commands.grouped(
            new Commands.Kind("sales.place-order", "/api/orders"),
            limits,
            (requests, tx) -> place(placeOrders, requests, tx));
  }

  @Operation(
      summary = "Place an order",
      description = "Prices are those of the catalogue. A draft is not submitted yet.")
  @Answers(status = 201, body = OrderView.class, tagged = true, headers = "Preference-Applied")
  @Input(
      name = "Prefer",
      type = String.class,
      what =
          "`wait=N`: answer when the order is no longer under way, or after N seconds, at most 30.")
  @RefusesImpossibleOrder
  @RefusesToHoldTooMuch
  @RefusesWhileCatchingUp
  @PostMapping
  public ResponseEntity<?> place(
      @RequestBody PlaceBody body,
      @RequestHeader(name = "Prefer", required = false) @Nullable List<String> prefer,
      RequestContext request) {
    OrderRequest order = OrderRequests.order(body, request, tokens);
    Optional<Duration> wait = PreferWait.of(prefer);
    return catchUp.retry(() -> {
      Commands.Started started = placing.start(request, order);
      return wait.isPresent() ? whenSettled(started, wait.get()) : started.answer();
    });
  }

  /** Does not wait if the order is not under way, or if the answer is a stored one. */
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
        wait.outcome(id -> transactions.snapshot(tx -> findOrders.state(id, Scope.EVERYBODY, tx)));
    ResponseEntity<?> placed = placing.answer();
    if (!(placed.getBody() instanceof OrderView view)) {
      return placed;
    }
    if (!isUnderWay(view)) {
      return applied(placed, timeout).body(view);
    }
    return outcome
        .<ResponseEntity<?>>map(
            state -> applied(placed, timeout).eTag(OrderView.etag(state)).body(view.later(state)))
        .orElse(placed);
  }

  private static ResponseEntity.BodyBuilder applied(ResponseEntity<?> placed, Duration timeout) {
    return ResponseEntity.status(placed.getStatusCode())
        .headers(placed.getHeaders())
        .header("Preference-Applied", "wait=" + timeout.toSeconds());
  }

  private static boolean isUnderWay(OrderView view) {
    return OrderStatus.valueOf(view.status()).isUnderWay();
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
              Answer.created(PATH + placed.order().state().id(), OrderView.of(placed.order()))
                  .withHeader(HttpHeaders.ETAG, OrderView.etag(placed.order().state()))
                  .recorded("sales.order.place", placed.order().state().id()));
      case PlaceOrders.Outcome.Refused refused ->
          new Commands.Result.Refused(OrderProblems.of(refused.refusal()));
    };
  }

  @Operation(summary = "List orders", description = "A customer sees only its own orders.")
  @Input(name = "status", type = OrderStatus.class, what = "Only orders in this status.")
  @Input(name = "customerId", what = "Only orders of this customer.")
  @Input(name = "from", type = Instant.class, what = "Only orders placed at this time or later.")
  @Input(name = "to", type = Instant.class, what = "Only orders placed before this time.")
  @Input(name = "number", what = "Only the order of this number, such as `R-000123-4`.")
  @Input(name = "sku", what = "Only orders with a line of this SKU.")
  @Input(name = "minTotal", what = "Only orders of at least this amount, with `currency`.")
  @Input(name = "maxTotal", what = "Only orders of at most this amount, with `currency`.")
  @Input(name = "currency", what = "Only orders in this currency.")
  @Input(name = "reason", what = "Only orders whose reason or note has this text, in any case.")
  @GetMapping
  public Page<OrderView> list(
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable UUID customerId,
      @RequestParam(required = false) @Nullable String number,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String sku,
      @RequestParam(required = false) @Nullable String minTotal,
      @RequestParam(required = false) @Nullable String maxTotal,
      @RequestParam(required = false) @Nullable String currency,
      @RequestParam(required = false) @Nullable String reason,
      PageRequest page,
      RequestContext request) {
    Orders.Filter filter =
        OrderFilters.of(
            new OrderFilters.Parameters(
                status, customerId, number, from, to, sku, minTotal, maxTotal, currency, reason),
            request.caller());
    UUID before = page.before();
    FindOrders.Found found =
        transactions.snapshot(tx -> findOrders.list(filter, before, page.limit(), tx));
    return new Page<>(
        found.orders().stream().map(OrderView::of).toList(),
        found.next() == null ? null : page.cursor(found.next().toString()));
  }

  @Operation(summary = "Get an order")
  @Answers(tagged = true)
  @GetMapping("/{id}")
  public ResponseEntity<OrderView> find(@PathVariable UUID id, RequestContext request) {
    Scope scope = OrderRequests.scope(request.caller());
    PlacedOrder order =
        transactions
            .snapshot(tx -> findOrders.one(id, scope, tx))
            .orElseThrow(() -> OrderProblems.noSuchOrder(id));
    return ResponseEntity.ok().eTag(OrderView.etag(order.state())).body(OrderView.of(order));
  }

  @Operation(summary = "Get the history of an order", description = "Its events, oldest first.")
  @GetMapping("/{id}/history")
  public Page<HistoryEntryView> history(
      @PathVariable UUID id, PageRequest page, RequestContext request) {
    Scope scope = OrderRequests.scope(request.caller());
    long after = OrderRequests.position(page);
    if (transactions.snapshot(tx -> findOrders.state(id, scope, tx)).isEmpty()) {
      throw OrderProblems.noSuchOrder(id);
    }
    return Page.of(
            readOrderHistory.of(id, after, page.limit() + 1),
            page,
            entry -> Long.toString(entry.position()))
        .map(HistoryEntryView::of);
  }
}
