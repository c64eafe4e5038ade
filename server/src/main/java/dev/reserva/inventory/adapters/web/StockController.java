package dev.reserva.inventory.adapters.web;

import dev.reserva.inventory.adapters.web.StockBodies.CountedStock;
import dev.reserva.inventory.adapters.web.StockBodies.ReceivedStock;
import dev.reserva.inventory.adapters.web.StockBodies.WantedStock;
import dev.reserva.inventory.application.AdjustStock;
import dev.reserva.inventory.application.Products;
import dev.reserva.inventory.application.ReserveStock;
import dev.reserva.inventory.application.Stocks;
import dev.reserva.inventory.domain.AdjustOutcome;
import dev.reserva.inventory.domain.ByHand;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.Quantity;
import dev.reserva.inventory.domain.Reason;
import dev.reserva.inventory.domain.ReserveOutcome;
import dev.reserva.inventory.domain.TimeToLive;
import dev.reserva.messaging.GroupCommit;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.Commands.Grouped;
import dev.reserva.platform.web.Commands.Request;
import dev.reserva.platform.web.Commands.Result;
import dev.reserva.platform.web.IfMatch;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Stock over HTTP: receiving, counting, reserving. */
@Tag(name = "inventory", description = "The catalogue, stock and reservations.")
@RestController
public final class StockController {

  /**
   * At most 500 in a transaction, as many as a subscription takes at once (see {@code
   * Subscription.DEFAULT_MAX_BATCH}); at most 10,000 wait, twenty full groups.
   */
  private static final GroupCommit.Limits LIMITS =
      new GroupCommit.Limits(500, 128, 10_000, Duration.ofMillis(250));

  private final Commands commands;
  private final Transactions transactions;
  private final Products products;
  private final Stocks stocks;
  private final AdjustStock adjustStock;
  private final ReserveStock reserveStock;
  private final TimeToLive defaultTtl;
  private final Grouped<ReserveStock.Command> reserving;

  public StockController(
      Commands commands,
      Transactions transactions,
      Products products,
      Stocks stocks,
      AdjustStock adjustStock,
      ReserveStock reserveStock,
      TimeToLive defaultTtl) {
    this.commands = commands;
    this.transactions = transactions;
    this.products = products;
    this.stocks = stocks;
    this.adjustStock = adjustStock;
    this.reserveStock = reserveStock;
    this.defaultTtl = defaultTtl;
    this.reserving =
        commands.grouped(
            new Commands.Kind("inventory.reserve-stock", "/api/inventory/stock/reserve"),
            LIMITS,
            this::reserveAll);
  }

  @Operation(
      summary = "Set the stock of a product at a location",
      description =
          "The physical quantity as it was counted, the safety stock, or both. What is left out stays"
              + " as it is.")
  @Answers(body = ProductView.class, tagged = true)
  @Refuses(
      status = 409,
      type = "below-reserved",
      when = "it is less than what is reserved",
      with = StockProblems.BelowReserved.class)
  @Refuses(
      status = 422,
      type = "unknown-location",
      when = "there is no such location",
      with = StockProblems.UnknownLocation.class)
  @Refuses(status = 422, type = "bundle-has-no-stock", when = "the product is a bundle")
  @PatchMapping("/api/inventory/products/{id}/stock")
  public ResponseEntity<?> count(
      @PathVariable UUID id,
      IfMatch ifMatch,
      @RequestBody CountedStock body,
      RequestContext request) {
    CountedStock.Parsed counted = body.parsed();
    ByHand by = new ByHand(request.actor().name(), null);
    return commands.execute(
        request,
        tx -> {
          requireSeen(id, ifMatch, tx);
          Changes changes = Changes.NONE;
          if (counted.safetyStock() != null) {
            changes =
                with(
                    changes,
                    adjustStock.keepBack(
                        id, counted.location(), counted.safetyStock(), request.cause(), tx),
                    tx);
          }
          if (counted.stock() != null) {
            changes =
                with(
                    changes,
                    adjustStock.count(
                        id, counted.location(), counted.stock(), by, request.cause(), tx),
                    tx);
          }
          return product(id, tx)
              .recorded("inventory.stock.count", id, at(counted.location(), changes));
        });
  }

  /**
   * The caller must have seen the current stock, so that of two concurrent stocktakes the second is
   * refused. The version alone does not say which stock was seen.
   */
  private void requireSeen(UUID id, IfMatch ifMatch, UnitOfWork tx) {
    if (!ifMatch.isAny()) {
      adjustStock.lock(id, tx);
      products.find(id, tx).map(ProductView::of).ifPresent(now -> ifMatch.require(now.etag()));
    }
  }

  @Operation(summary = "Receive stock")
  @Answers(body = ProductView.class, tagged = true)
  @Refuses(status = 404, type = "not-found", when = "there is no such product")
  @Refuses(
      status = 422,
      type = "unknown-location",
      when = "there is no such location",
      with = StockProblems.UnknownLocation.class)
  @Refuses(status = 422, type = "stock-out-of-range", when = "it would be more than can be counted")
  @Refuses(status = 422, type = "bundle-has-no-stock", when = "the product is a bundle")
  @PostMapping("/api/inventory/stock/add")
  public ResponseEntity<?> receive(@RequestBody ReceivedStock body, RequestContext request) {
    var errors = new InputErrors();
    var productId = errors.required("/productId", body.productId());
    var quantity = errors.required("/quantity", body.quantity(), Quantity::new);
    var location = errors.optional("/location", body.location(), LocationCode::of);
    var reason = errors.optional("/reason", body.reason(), Reason::new);
    errors.throwIfAny();
    UUID product = Objects.requireNonNull(productId);
    Quantity received = Objects.requireNonNull(quantity);
    ByHand by = new ByHand(request.actor().name(), reason);
    LocationCode at = Objects.requireNonNullElse(location, LocationCode.MAIN);
    var receipt = new AdjustStock.Receipt(product, at, received, by, request.cause());
    return commands.execute(
        request,
        tx -> {
          Changes changes = with(Changes.NONE, adjustStock.receive(receipt, tx), tx);
          return product(product, tx).recorded("inventory.stock.receive", product, at(at, changes));
        });
  }

  @Operation(
      summary = "Reserve stock by hand",
      description =
          "All lines or none. Orders reserve theirs by themselves. A bundle is reserved as the parts"
              + " that it has now.")
  @Answers(status = 201, body = ReservationView.class)
  @Refuses(
      status = 409,
      type = "insufficient-stock",
      when = "a product is short",
      with = StockProblems.Shortages.class)
  @Refuses(
      status = 409,
      type = "already-reserved",
      when = "the order has a reservation",
      with = StockProblems.AlreadyReserved.class)
  @Refuses(status = 409, type = "order-cancelled", when = "the order is cancelled")
  @Refuses(
      status = 422,
      type = "inactive-product",
      when = "a product can no longer be ordered",
      with = StockProblems.InactiveProducts.class)
  @Refuses(
      status = 422,
      type = "unknown-product",
      when = "a product does not exist",
      with = StockProblems.UnknownProducts.class)
  @PostMapping("/api/inventory/stock/reserve")
  public ResponseEntity<?> reserve(@RequestBody WantedStock body, RequestContext request) {
    return reserving.execute(request, body.parsed(defaultTtl, request));
  }

  @Operation(summary = "Count products and stock")
  @GetMapping("/api/inventory/stats")
  public StatsView stats() {
    return StatsView.of(transactions.snapshot(stocks::stats));
  }

  private List<Result> reserveAll(List<Request<ReserveStock.Command>> requests, UnitOfWork tx) {
    List<ReserveStock.Command> requested = requests.stream().map(Request::command).toList();
    return reserveStock.reserve(requested, tx).stream().map(StockController::result).toList();
  }

  private static Result result(ReserveOutcome outcome) {
    return switch (outcome) {
      case ReserveOutcome.Reserved reserved -> {
        ReservationView view = ReservationView.of(reserved.reservation());
        yield new Result.Done(
            Answer.created("/api/inventory/reservations/" + view.id(), view)
                .recorded(
                    "inventory.stock.reserve",
                    view.id(),
                    Changes.now("status", view.status()).and("orderId", null, view.orderId())));
      }
      case ReserveOutcome.FellShort lacking -> new Result.Refused(StockProblems.of(lacking));
      case ReserveOutcome.AlreadyKnown known ->
          new Result.Refused(StockProblems.alreadyKnown(known.reservation()));
    };
  }

  /**
   * These changes and that of an outcome.
   *
   * @throws Problem if nothing could be changed
   */
  private Changes with(Changes changes, AdjustOutcome outcome, UnitOfWork tx) {
    return switch (outcome) {
      case AdjustOutcome.Adjusted adjusted -> {
        int now = adjusted.level().physical();
        yield changes.and("stock", now - adjusted.change(), now);
      }
      case AdjustOutcome.KeptBack kept ->
          changes.and("safetyStock", kept.safetyStockBefore(), kept.level().safetyStock());
      case AdjustOutcome.Unchanged _ -> changes;
      case AdjustOutcome.UnknownLocation(var location) ->
          throw StockProblems.unknownLocation(location);
      case AdjustOutcome.BelowReserved below -> throw StockProblems.of(below);
      case AdjustOutcome.TooMuch tooMuch -> throw StockProblems.of(tooMuch);
      case AdjustOutcome.UnknownProduct unknown ->
          throw BundleProblems.hasNoStock(unknown.productId(), products, tx)
              .orElseGet(() -> Problem.notFound("product", unknown.productId()));
    };
  }

  /** The default location is not named. */
  private static Changes at(LocationCode location, Changes changes) {
    return location.isMain() ? changes : changes.and("location", null, location.value());
  }

  private Answer product(UUID id, UnitOfWork tx) {
    ProductView view = ProductView.of(products.find(id, tx).orElseThrow());
    return Answer.ok(view).withHeader(HttpHeaders.ETAG, view.etag());
  }

  record StatsView(
      long products,
      long stock,
      long reserved,
      long available,
      long awaited,
      long lowStock,
      long depleted,
      long activeReservations) {
    static StatsView of(Stocks.Stats stats) {
      return new StatsView(
          stats.products(),
          stats.stock(),
          stats.reserved(),
          stats.available(),
          stats.awaited(),
          stats.lowStock(),
          stats.depleted(),
          stats.activeReservations());
    }
  }
}
