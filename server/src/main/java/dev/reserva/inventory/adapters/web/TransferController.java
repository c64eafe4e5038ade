package dev.reserva.inventory.adapters.web;

import dev.reserva.contracts.Text;
import dev.reserva.inventory.application.Products;
import dev.reserva.inventory.application.TransferStock;
import dev.reserva.inventory.application.Transfers;
import dev.reserva.inventory.domain.ByHand;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.Quantity;
import dev.reserva.inventory.domain.Reason;
import dev.reserva.inventory.domain.Transfer;
import dev.reserva.inventory.domain.TransferOutcome;
import dev.reserva.inventory.domain.TransferStatus;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Transfers of stock between locations, over HTTP. */
@Tag(name = "inventory", description = "The catalogue, stock and reservations.")
@RestController
public final class TransferController {

  private final Commands commands;
  private final Transactions transactions;
  private final Transfers transfers;
  private final TransferStock transferStock;
  private final Products products;

  public TransferController(
      Commands commands,
      Transactions transactions,
      Transfers transfers,
      TransferStock transferStock,
      Products products) {
    this.commands = commands;
    this.transactions = transactions;
    this.transfers = transfers;
    this.transferStock = transferStock;
    this.products = products;
  }

  @Operation(
      summary = "Send stock to another location",
      description =
          "The units leave `from` at once and are stock of no location until they are received or the"
              + " transfer is cancelled. Units that orders hold cannot be sent.")
  @Answers(status = 201, body = TransferView.class)
  @Refuses(
      status = 409,
      type = "insufficient-stock",
      when = "the location has fewer units that no order holds",
      with = StockProblems.Shortages.class)
  @Refuses(
      status = 422,
      type = "unknown-product",
      when = "the product does not exist",
      with = StockProblems.UnknownProducts.class)
  @Refuses(
      status = 422,
      type = "unknown-location",
      when = "a location does not exist",
      with = StockProblems.UnknownLocation.class)
  @Refuses(status = 422, type = "bundle-has-no-stock", when = "the product is a bundle")
  @PostMapping("/api/inventory/transfers")
  public ResponseEntity<?> send(@RequestBody NewTransfer body, RequestContext request) {
    TransferStock.Command command = body.parsed(request.actor().name());
    return commands.execute(
        request,
        tx -> {
          Transfer sent = moved(transferStock.send(command, request.cause(), tx), tx);
          TransferView view = TransferView.of(sent);
          return Answer.created("/api/inventory/transfers/" + view.id(), view)
              .recorded(
                  "inventory.transfer.send",
                  view.id(),
                  Changes.now("status", view.status())
                      .and("productId", null, view.productId())
                      .and("quantity", null, view.quantity())
                      .and("from", null, view.from())
                      .and("to", null, view.to()));
        });
  }

  @Operation(
      summary = "Receive a transfer",
      description = "Its units are stock of `to` from now on. Repeating it changes nothing.")
  @Answers(body = TransferView.class)
  @Refuses(status = 409, type = "transfer-ended", when = "it was cancelled")
  @Refuses(status = 422, type = "stock-out-of-range", when = "it would be more than can be counted")
  @PostMapping("/api/inventory/transfers/{id}/receive")
  public ResponseEntity<?> receive(@PathVariable UUID id, RequestContext request) {
    return end(
        "inventory.transfer.receive",
        id,
        request,
        tx -> transferStock.receive(id, by(request), request.cause(), tx));
  }

  @Operation(
      summary = "Cancel a transfer",
      description =
          "Its units are stock of `from` again, as if it had not been sent. Repeating it changes"
              + " nothing.")
  @Answers(body = TransferView.class)
  @Refuses(status = 409, type = "transfer-ended", when = "it was received")
  @Refuses(status = 422, type = "stock-out-of-range", when = "it would be more than can be counted")
  @PostMapping("/api/inventory/transfers/{id}/cancel")
  public ResponseEntity<?> cancel(@PathVariable UUID id, RequestContext request) {
    return end(
        "inventory.transfer.cancel",
        id,
        request,
        tx -> transferStock.cancel(id, by(request), request.cause(), tx));
  }

  private ResponseEntity<?> end(String action, UUID id, RequestContext request, Ending ending) {
    return commands.execute(
        request,
        tx -> {
          TransferOutcome outcome =
              ending.in(tx).orElseThrow(() -> Problem.notFound("transfer", id));
          TransferView view = TransferView.of(moved(outcome, tx));
          return outcome instanceof TransferOutcome.Moved
              ? Answer.ok(view)
                  .recorded(
                      action, id, Changes.of("status", TransferStatus.IN_TRANSIT, view.status()))
              : Answer.ok(view).recorded(action, id);
        });
  }

  private interface Ending {
    Optional<TransferOutcome> in(UnitOfWork tx);
  }

  private static ByHand by(RequestContext request) {
    return new ByHand(request.actor().name(), null);
  }

  /** The transfer after its step; throws if it took none. */
  private Transfer moved(TransferOutcome outcome, UnitOfWork tx) {
    return switch (outcome) {
      case TransferOutcome.Moved moved -> moved.transfer();
      case TransferOutcome.DoneBefore(var transfer) -> transfer;
      case TransferOutcome.EndedOtherwise(var transfer) ->
          throw Problem.conflict(
              "transfer-ended",
              "Transfer has ended",
              "transfer %s is %s already".formatted(transfer.id(), transfer.status()));
      case TransferOutcome.FellShort(var shortage) -> throw StockProblems.notInStock(shortage);
      case TransferOutcome.TooMuch(var level, var added) ->
          throw StockProblems.tooMuch(level, added);
      case TransferOutcome.UnknownProduct(var product) ->
          throw BundleProblems.hasNoStock(product, products, tx)
              .orElseGet(() -> StockProblems.unknownProduct(product));
      case TransferOutcome.UnknownLocation(var location) ->
          throw StockProblems.unknownLocation(location);
    };
  }

  @Operation(summary = "List transfers")
  @Input(name = "status", type = TransferStatus.class, what = "Only transfers in this status.")
  @Input(name = "productId", what = "Only transfers of this product.")
  @GetMapping("/api/inventory/transfers")
  public Page<TransferView> list(
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable UUID productId,
      PageRequest page) {
    var errors = new InputErrors();
    TransferStatus wanted = errors.parameter("status", status, TransferController::status);
    errors.throwIfAny();
    UUID before = page.before();
    return Page.of(
            transactions.snapshot(
                tx -> transfers.list(wanted, productId, before, page.limit() + 1, tx)),
            page,
            transfer -> transfer.id().toString())
        .map(TransferView::of);
  }

  private static TransferStatus status(String text) {
    return Arrays.stream(TransferStatus.values())
        .filter(it -> it.name().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be one of IN_TRANSIT, RECEIVED, CANCELLED, was \"%s\""
                    .formatted(Text.excerpt(text))));
  }

  @Operation(summary = "Get a transfer")
  @GetMapping("/api/inventory/transfers/{id}")
  public TransferView get(@PathVariable UUID id) {
    return transactions
        .snapshot(tx -> transfers.find(id, tx))
        .map(TransferView::of)
        .orElseThrow(() -> Problem.notFound("transfer", id));
  }

  /** {@code POST /api/inventory/transfers} */
  record NewTransfer(
      @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable UUID productId,
      @Schema(requiredMode = RequiredMode.REQUIRED, minimum = "1", example = "20")
          @Nullable Integer quantity,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              minLength = 1,
              maxLength = LocationCode.MAX_LENGTH,
              example = "MAIN")
          @Nullable String from,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              minLength = 1,
              maxLength = LocationCode.MAX_LENGTH,
              example = "LISBON")
          @Nullable String to,
      @Schema(example = "shop is running low") @Nullable String reason) {

    TransferStock.Command parsed(String actor) {
      var errors = new InputErrors();
      var product = errors.required("/productId", productId);
      var units = errors.required("/quantity", quantity, Quantity::new);
      var source = errors.required("/from", from, LocationCode::of);
      var destination = errors.required("/to", to, LocationCode::of);
      var why = errors.optional("/reason", reason, Reason::new);
      if (source != null && source.equals(destination)) {
        errors.add("/to", "must be another location than from, was \"%s\"".formatted(source));
      }
      errors.throwIfAny();
      return new TransferStock.Command(
          Objects.requireNonNull(product),
          Objects.requireNonNull(units),
          Objects.requireNonNull(source),
          Objects.requireNonNull(destination),
          new ByHand(actor, why));
    }
  }
}
