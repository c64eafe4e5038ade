package dev.reserva.inventory.adapters.web;

import dev.reserva.inventory.adapters.web.ProductBodies.ChangedProduct;
import dev.reserva.inventory.adapters.web.ProductBodies.NewProduct;
import dev.reserva.inventory.application.ChangeProduct;
import dev.reserva.inventory.application.CreateProduct;
import dev.reserva.inventory.application.Products;
import dev.reserva.inventory.domain.Backorder;
import dev.reserva.inventory.domain.Category;
import dev.reserva.inventory.domain.Product;
import dev.reserva.inventory.domain.SearchText;
import dev.reserva.inventory.domain.Sku;
import dev.reserva.messaging.GroupCommit;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.Commands.Request;
import dev.reserva.platform.web.Commands.Result;
import dev.reserva.platform.web.IfMatch;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue over HTTP. */
@Tag(name = "inventory", description = "The catalogue, stock and reservations.")
@RestController
public final class ProductController {

  /**
   * Large groups, since an import sends many products at once; beyond 128 that wait, a wait of a
   * second at most.
   */
  private static final GroupCommit.Limits LIMITS =
      new GroupCommit.Limits(200, 128, 10_000, Duration.ofSeconds(1));

  private final Commands commands;
  private final Transactions transactions;
  private final Products products;
  private final CreateProduct createProduct;
  private final ChangeProduct changeProduct;
  private final Commands.Grouped<CreateProduct.Draft> creating;

  public ProductController(
      Commands commands,
      Transactions transactions,
      Products products,
      CreateProduct createProduct,
      ChangeProduct changeProduct) {
    this.commands = commands;
    this.transactions = transactions;
    this.products = products;
    this.createProduct = createProduct;
    this.changeProduct = changeProduct;
    this.creating =
        commands.grouped(
            new Commands.Kind("inventory.create-product", "/api/inventory/products"),
            LIMITS,
            this::createAll);
  }

  @Operation(summary = "Create a product")
  @Answers(status = 201, body = ProductView.class, tagged = true)
  @Refuses(status = 409, type = "sku-taken", when = "another product has this SKU")
  @Refuses(
      status = 422,
      type = "unknown-location",
      when = "the location of its first stock does not exist",
      with = StockProblems.UnknownLocation.class)
  @Refuses(
      status = 422,
      type = "impossible-parts",
      when = "a part of the bundle does not exist or is a bundle",
      with = BundleProblems.Parts.class)
  @Refuses(status = 422, type = "bundle-has-no-stock", when = "the bundle has a first stock")
  @Refuses(
      status = 422,
      type = "bundle-has-no-backorder",
      when = "orders shall wait for the bundle instead of its parts")
  @PostMapping("/api/inventory/products")
  public ResponseEntity<?> create(@RequestBody NewProduct body, RequestContext request) {
    return creating.execute(request, body.parsed());
  }

  private List<Result> createAll(List<Request<CreateProduct.Draft>> requests, UnitOfWork tx) {
    List<CreateProduct.Command> requested =
        requests.stream()
            .map(request ->
                new CreateProduct.Command(
                    request.command(), request.context().actor().name(), request.context().cause()))
            .toList();
    return createProduct.create(requested, tx).stream().map(ProductController::result).toList();
  }

  private static Result result(CreateProduct.Outcome outcome) {
    return switch (outcome) {
      case CreateProduct.Created created -> {
        ProductView view = ProductView.of(created.product());
        yield new Result.Done(
            Answer.created("/api/inventory/products/" + view.id(), view)
                .withHeader(HttpHeaders.ETAG, view.etag())
                .recorded(
                    "inventory.product.create",
                    view.id(),
                    Changes.now("sku", view.sku())
                        .and("name", null, view.name())
                        .and("price", null, view.price())
                        .and("stock", null, view.stock())
                        .and("bundle", null, parts(created.product().product()))));
      }
      case CreateProduct.SkuTaken taken -> new Result.Refused(skuTaken(taken.sku()));
      case CreateProduct.UnknownLocation unknown ->
          new Result.Refused(StockProblems.unknownLocation(unknown.location()));
      case CreateProduct.ImpossibleBundle(var why) -> new Result.Refused(BundleProblems.of(why));
    };
  }

  @Operation(summary = "List products")
  @Input(
      name = "q",
      what = "Only products with this text in their name, SKU or description, in any case.")
  @Input(name = "category", what = "Only products of this category.")
  @Input(name = "sku", what = "Only the product with this SKU. Upper and lower case are different.")
  @Input(name = "active", what = "Only products that can, or cannot, be ordered.")
  @GetMapping("/api/inventory/products")
  public Page<ProductView> list(
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable String category,
      @RequestParam(required = false) @Nullable String sku,
      @RequestParam(required = false) @Nullable Boolean active,
      PageRequest page) {
    var errors = new InputErrors();
    var text = errors.parameter("q", q, SearchText::new);
    var group = errors.parameter("category", category, Category::new);
    var code = errors.parameter("sku", sku, Sku::parse);
    errors.throwIfAny();
    return page(
        new Products.Filter(
            text == null ? null : text.value(),
            group == null ? null : group.value(),
            code,
            active,
            false),
        page);
  }

  @Operation(
      summary = "List products that run low",
      description =
          "Those whose available stock is at or below `minStock`. Bundles are left out: their"
              + " parts run low.")
  @GetMapping("/api/inventory/low-stock")
  public Page<ProductView> lowStock(PageRequest page) {
    return page(Products.Filter.LOW, page);
  }

  @Operation(summary = "Get a product")
  @Answers(tagged = true)
  @GetMapping("/api/inventory/products/{id}")
  public ResponseEntity<ProductView> get(@PathVariable UUID id) {
    ProductView view =
        transactions
            .snapshot(tx -> products.find(id, tx))
            .map(ProductView::of)
            .orElseThrow(() -> Problem.notFound("product", id));
    return ResponseEntity.ok().eTag(view.etag()).body(view);
  }

  @Operation(
      summary = "Change a product",
      description =
          "What is left out stays as it is. Stock is changed by its own operations. New orders"
              + " get the new parts of a bundle.")
  @Answers(body = ProductView.class, tagged = true)
  @Refuses(status = 409, type = "sku-taken", when = "another product has this SKU")
  @Refuses(
      status = 409,
      type = "cannot-become-bundle",
      when = "the product has had stock or is a part of a bundle")
  @Refuses(
      status = 422,
      type = "impossible-parts",
      when = "a part of the bundle does not exist or is a bundle",
      with = BundleProblems.Parts.class)
  @Refuses(
      status = 422,
      type = "bundle-has-no-backorder",
      when = "orders shall wait for the bundle instead of its parts")
  @PutMapping("/api/inventory/products/{id}")
  public ResponseEntity<?> change(
      @PathVariable UUID id,
      IfMatch ifMatch,
      @RequestBody ChangedProduct body,
      RequestContext request) {
    Product.Change change = body.parsed();
    return commands.execute(
        request,
        tx -> {
          requireSeen(id, ifMatch, tx);
          return switch (changeProduct.change(id, change, request.cause(), tx)) {
            case ChangeProduct.Changed changed -> {
              ProductView view = ProductView.of(changed.product());
              yield Answer.ok(view)
                  .withHeader(HttpHeaders.ETAG, view.etag())
                  .recorded(
                      "inventory.product.update",
                      id,
                      changes(changed.before(), changed.product().product()));
            }
            case ChangeProduct.UnknownProduct unknown ->
                throw Problem.notFound("product", unknown.id());
            case ChangeProduct.SkuTaken taken -> throw skuTaken(taken.sku());
            case ChangeProduct.ImpossibleBundle(var why) -> throw BundleProblems.of(why);
          };
        });
  }

  private static Changes changes(Product before, Product after) {
    return Changes.of("sku", before.sku().value(), after.sku().value())
        .and("name", before.name().value(), after.name().value())
        .and("description", before.description().orNull(), after.description().orNull())
        .and("category", before.category().orNull(), after.category().orNull())
        .and("price", before.price(), after.price())
        .and("taxRate", before.taxRate().textOrNull(), after.taxRate().textOrNull())
        .and("taxCode", before.taxCode().orNull(), after.taxCode().orNull())
        .and("minStock", before.minStock().value(), after.minStock().value())
        .and("backorder", shown(before), shown(after))
        .and("active", before.active(), after.active())
        .and("bundle", parts(before), parts(after));
  }

  /** Such as {@code 2 × 0197…, 1 × 0197…}. */
  private static @Nullable String parts(Product product) {
    return product.bundle().isNone()
        ? null
        : product.bundle().parts().stream()
            .map(part -> "%d × %s".formatted(part.quantity(), part.productId()))
            .collect(Collectors.joining(", "));
  }

  /** The policy; absent if no order may wait. */
  private static @Nullable String shown(Product product) {
    Backorder backorder = product.backorder();
    return backorder.equals(Backorder.DENIED)
        ? null
        : backorder.policy().wire()
            + (backorder.limit() == null ? "" : ", limit " + backorder.limit())
            + (backorder.expectedAt() == null ? "" : ", expected at " + backorder.expectedAt());
  }

  private void requireSeen(UUID id, IfMatch ifMatch, UnitOfWork tx) {
    if (!ifMatch.isAny() && products.lock(id, tx).isPresent()) {
      ProductView now = ProductView.of(products.find(id, tx).orElseThrow());
      ifMatch.require(now.etag(), now.versionTag());
    }
  }

  private Page<ProductView> page(Products.Filter filter, PageRequest page) {
    UUID before = page.before();
    return Page.of(
            transactions.snapshot(tx -> products.list(filter, before, page.limit() + 1, tx)),
            page,
            stocked -> stocked.product().id().toString())
        .map(ProductView::of);
  }

  private static Problem skuTaken(Sku sku) {
    return Problem.conflict(
        "sku-taken", "SKU is taken", "there is a product with sku \"%s\" already".formatted(sku));
  }
}
