package dev.reserva.sales.adapters.web;

import static java.util.Objects.requireNonNull;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.Text;
import dev.reserva.platform.json.NotFreeText;
import dev.reserva.platform.privacy.PaymentTokens;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.web.IfMatch;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import dev.reserva.platform.web.RequestContext.IdempotencyKey;
import dev.reserva.sales.application.Cancellation;
import dev.reserva.sales.application.OrderCommand;
import dev.reserva.sales.application.OrderRequest;
import dev.reserva.sales.application.ReviseDraft.Revision;
import dev.reserva.sales.application.Scope;
import dev.reserva.sales.domain.Basket;
import dev.reserva.sales.domain.Basket.Item;
import dev.reserva.sales.domain.CancellationReason;
import dev.reserva.sales.domain.OrderState;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.PaymentChoice;
import dev.reserva.sales.domain.PaymentMethod;
import dev.reserva.sales.domain.ProductRef;
import dev.reserva.sales.domain.Quantity;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parses the bodies of requests about orders into domain values. */
final class OrderRequests {

  private OrderRequests() {}

  @Schema(description = "An order. A customer may leave out customerId; others may not.")
  record PlaceBody(
      @Schema(example = "019ac1f2-7d3b-7c4e-9a51-3f0c8b6e2d10") @Nullable UUID customerId,
      @ArraySchema(minItems = 1, maxItems = Basket.MAX_ITEMS)
          @Schema(requiredMode = RequiredMode.REQUIRED)
          @Nullable List<ItemBody> items,
      @Nullable PaymentBody payment,
      @Schema(minLength = 1, maxLength = OrderState.MAX_ADDRESS_LENGTH)
          @Nullable String shippingAddress,
      @Nullable Boolean draft) {}

  @Schema(description = "A line; exactly one of productId and sku names the product.")
  record ItemBody(
      @Nullable UUID productId,
      @Schema(minLength = 1, maxLength = ProductRef.BySku.MAX_LENGTH, example = "MUG-01")
          @NotFreeText
          @Nullable String sku,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              minimum = "1",
              maximum = "" + Quantity.MAX,
              example = "2")
          @Nullable Integer quantity) {}

  record PaymentBody(
      @Schema(requiredMode = RequiredMode.REQUIRED, implementation = PaymentMethod.class)
          @Nullable String method,
      @Schema(minLength = 1, maxLength = PaymentChoice.MAX_TOKEN_LENGTH) @Nullable String token) {}

  @Schema(description = "The whole content of a draft. The customer cannot change.")
  record RevisionBody(
      @ArraySchema(minItems = 1, maxItems = Basket.MAX_ITEMS)
          @Schema(requiredMode = RequiredMode.REQUIRED)
          @Nullable List<ItemBody> items,
      @Nullable PaymentBody payment,
      @Schema(minLength = 1, maxLength = OrderState.MAX_ADDRESS_LENGTH)
          @Nullable String shippingAddress) {}

  @Schema(description = "The total that the buyer expects. Any other total is refused.")
  record SubmitBody(@Nullable Money expectedTotal) {}

  record CancelBody(
      @Schema(minLength = 1, maxLength = Cancellation.MAX_NOTE_LENGTH, example = "ordered twice")
          @Nullable String reason) {}

  /**
   * @throws Problem 400 with everything that is wrong, 403 for another's customer id
   */
  static OrderRequest order(PlaceBody body, RequestContext request, PaymentTokens tokens) {
    var errors = new InputErrors();
    UUID customerId = customer(body.customerId(), request.caller(), errors);
    Basket basket = basket(body.items(), errors);
    PaymentChoice payment = payment(body.payment(), tokens, errors);
    String address = address(body.shippingAddress(), errors);
    errors.throwIfAny();
    return new OrderRequest(
        requireNonNull(customerId),
        requireNonNull(basket),
        payment,
        address,
        Boolean.TRUE.equals(body.draft()),
        requestKey(request.idempotency()),
        !runsTheShop(request.caller()),
        request.cause());
  }

  /**
   * @throws Problem 400 with everything that is wrong
   */
  static Revision revision(RevisionBody body, PaymentTokens tokens) {
    var errors = new InputErrors();
    Basket basket = basket(body.items(), errors);
    PaymentChoice payment = payment(body.payment(), tokens, errors);
    String address = address(body.shippingAddress(), errors);
    errors.throwIfAny();
    return new Revision(requireNonNull(basket), payment, address);
  }

  /** A command of the caller about one order. */
  static OrderCommand command(UUID id, IfMatch ifMatch, RequestContext request) {
    return new OrderCommand(
        id,
        scope(request.caller()),
        order -> ifMatch.accepts(OrderView.etag(order), OrderView.versionTag(order)),
        request.cause());
  }

  /** A customer's own orders; all orders for staff. */
  static Scope scope(Caller caller) {
    return runsTheShop(caller) ? Scope.EVERYBODY : Scope.of(ownId(caller));
  }

  static boolean runsTheShop(Caller caller) {
    return caller.is(Role.ADMIN) || caller.is(Role.OPERATOR);
  }

  /** The log position after which the page of the history begins. */
  static long position(PageRequest page) {
    String after = page.after();
    if (after == null) {
      return 0;
    }
    try {
      return Math.max(0, Long.parseLong(after));
    } catch (NumberFormatException e) {
      throw PageRequest.foreign();
    }
  }

  static Cancellation cancellation(@Nullable CancelBody body, Caller caller) {
    var errors = new InputErrors();
    String reason = body == null ? null : body.reason();
    Cancellation cancellation =
        errors.check(
            "/reason",
            () ->
                runsTheShop(caller)
                    ? byOperator(reason, CancellationReason.OPERATOR_REQUEST)
                    : new Cancellation(CancellationReason.CUSTOMER_REQUEST, note(reason)));
    errors.throwIfAny();
    return requireNonNull(cancellation);
  }

  /**
   * Reads the reason that an operator gives: one of the known reasons, or free text.
   *
   * @param otherwise the reason if the text names none
   */
  static Cancellation byOperator(@Nullable String reason, @Nullable CancellationReason otherwise) {
    CancellationReason chosen =
        reason == null ? null : CancellationReason.ofWire(reason).orElse(null);
    return chosen == CancellationReason.OPERATOR_REQUEST || chosen == CancellationReason.RETURNED
        ? new Cancellation(chosen, null)
        : new Cancellation(otherwise, note(reason));
  }

  private static @Nullable String note(@Nullable String reason) {
    return reason == null ? null : Text.lines("reason", reason, 1, Cancellation.MAX_NOTE_LENGTH);
  }

  private static @Nullable UUID customer(@Nullable UUID named, Caller caller, InputErrors errors) {
    if (runsTheShop(caller)) {
      return errors.required("/customerId", named);
    }
    UUID own = ownId(caller);
    if (named != null && !named.equals(own)) {
      throw Problem.forbidden("customerId must be the own one of the customer, or be left out");
    }
    return own;
  }

  private static UUID ownId(Caller caller) {
    UUID own = caller.customerId();
    if (own == null) {
      throw Problem.forbidden("this login belongs to no customer");
    }
    return own;
  }

  private static @Nullable String address(@Nullable String address, InputErrors errors) {
    return errors.optional(
        "/shippingAddress",
        address,
        text -> Text.lines("shippingAddress", text, 1, OrderState.MAX_ADDRESS_LENGTH));
  }

  private static @Nullable Basket basket(@Nullable List<ItemBody> items, InputErrors errors) {
    if (errors.required("/items", items) == null || items == null) {
      return null;
    }
    if (items.isEmpty() || items.size() > Basket.MAX_ITEMS) {
      errors.add(
          "/items", "must have 1..%d lines, had %d".formatted(Basket.MAX_ITEMS, items.size()));
      return null;
    }
    var parsed = new ArrayList<Item>(items.size());
    for (int i = 0; i < items.size(); i++) {
      ItemBody item = items.get(i);
      String at = "/items/" + i;
      ProductRef product = product(at, item, errors);
      Quantity quantity = errors.required(at + "/quantity", item.quantity(), Quantity::new);
      if (product != null && quantity != null) {
        parsed.add(new Item(product, quantity));
      }
    }
    return parsed.size() == items.size() ? new Basket(parsed) : null;
  }

  private static @Nullable ProductRef product(String at, ItemBody item, InputErrors errors) {
    if ((item.productId() == null) == (item.sku() == null)) {
      errors.add(at, "must have exactly one of productId and sku");
      return null;
    }
    return item.productId() != null
        ? new ProductRef.ById(item.productId())
        : errors.optional(at + "/sku", item.sku(), ProductRef.BySku::new);
  }

  private static @Nullable PaymentChoice payment(
      @Nullable PaymentBody payment, PaymentTokens tokens, InputErrors errors) {
    if (payment == null) {
      return null;
    }
    PaymentMethod method =
        errors.required("/payment/method", payment.method(), PaymentMethod::ofWire);
    String token = errors.optional("/payment/token", payment.token(), PaymentChoice::checkedToken);
    return method == null ? null : new PaymentChoice(method, tokens.seal(token));
  }

  static OrderStatus status(String name) {
    return Arrays.stream(OrderStatus.values())
        .filter(status -> status.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "status must be one of %s, was \"%s\""
                    .formatted(
                        Arrays.stream(OrderStatus.values())
                            .map(OrderStatus::name)
                            .collect(Collectors.joining(", ")),
                        Text.excerpt(name))));
  }

  private static @Nullable UUID requestKey(@Nullable IdempotencyKey key) {
    return key == null
        ? null
        : UUID.nameUUIDFromBytes(
            (key.caller() + '\0' + key.key()).getBytes(StandardCharsets.UTF_8));
  }
}
