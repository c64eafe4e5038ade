package dev.reserva.inventory.adapters.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.reserva.contracts.Money;
import dev.reserva.inventory.adapters.memory.MemoryInventory;
import dev.reserva.inventory.adapters.web.ProductBodies.ChangedProduct;
import dev.reserva.inventory.adapters.web.ProductBodies.NewProduct;
import dev.reserva.inventory.adapters.web.ReservationController.Extension;
import dev.reserva.inventory.adapters.web.StockBodies.CountedStock;
import dev.reserva.inventory.adapters.web.StockBodies.ReceivedStock;
import dev.reserva.inventory.adapters.web.StockBodies.WantedStock;
import dev.reserva.inventory.adapters.web.StockBodies.WantedStock.Wanted;
import dev.reserva.inventory.adapters.web.StockController.StatsView;
import dev.reserva.inventory.adapters.web.StockProblems.ShortageView;
import dev.reserva.inventory.application.AdjustStock;
import dev.reserva.inventory.application.ChangeProduct;
import dev.reserva.inventory.application.CreateProduct;
import dev.reserva.inventory.application.ExtendReservation;
import dev.reserva.inventory.application.ReadLedger;
import dev.reserva.inventory.application.ReserveStock;
import dev.reserva.inventory.application.ResolveReservation;
import dev.reserva.inventory.domain.AllocationStrategy;
import dev.reserva.inventory.domain.TimeToLive;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.web.DirectCommands;
import dev.reserva.platform.web.IfMatch;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.Problem.InputError;
import dev.reserva.platform.web.RequestContext;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;

/** The answers of the controllers, without JSON and the network. */
class InventoryHttpTest {

  private static final RequestContext REQUEST =
      new RequestContext(Caller.ANONYMOUS, Cause.of("test"), null);
  private static final PageRequest PAGE = new PageRequest(50, null, "list");

  private final Ids ids = Ids.timeOrdered();
  private final MemoryInventory inventory = new MemoryInventory();
  private final DirectCommands commands = new DirectCommands(inventory.transactions());
  private final AdjustStock adjustStock =
      new AdjustStock(inventory.reservations(), inventory.stocks(), ids);
  private final ProductController products =
      new ProductController(
          commands,
          inventory.transactions(),
          inventory.products(),
          new CreateProduct(
              inventory.products(), inventory.locations(), inventory.bundles(), adjustStock, ids),
          new ChangeProduct(inventory.products(), inventory.bundles()));
  private final StockController stock =
      new StockController(
          commands,
          inventory.transactions(),
          inventory.products(),
          inventory.stocks(),
          adjustStock,
          new ReserveStock(
              inventory.reservations(),
              inventory.stocks(),
              inventory.bundles(),
              ids,
              AllocationStrategy.PRIORITY),
          new TimeToLive(900));
  private final LedgerController ledger =
      new LedgerController(
          inventory.transactions(),
          new ReadLedger(inventory.products(), inventory.ledgerEntries()));
  private final ReservationController reservations =
      new ReservationController(
          commands,
          inventory.transactions(),
          inventory.reservations(),
          new ResolveReservation(inventory.reservations(), inventory.stocks(), ids),
          new ExtendReservation(inventory.reservations()),
          new TimeToLive(900));

  @Test
  void a_product_is_created_with_its_location_and_entity_tag() {
    var response = products.create(product("MOUSE", 50), REQUEST);

    var view = body(response, ProductView.class);
    assertThat(response.getStatusCode().value()).isEqualTo(201);
    assertThat(response.getHeaders().getFirst("Location"))
        .isEqualTo("/api/inventory/products/" + view.id());
    assertThat(response.getHeaders().getETag()).isEqualTo("\"1.50.0\"");
    assertThat(view.available()).isEqualTo(50);
    assertThat(view.description()).isNull();
    assertThat(products.list(null, " ", "MOUSE", null, PAGE).items()).containsExactly(view);
    assertThat(products.get(view.id()).getBody()).isEqualTo(view);
  }

  @Test
  void a_hold_is_extended_once_and_within_limits() {
    UUID product = created("MOUSE", 5).id();
    var held =
        body(
            stock.reserve(
                new WantedStock(ids.next(), List.of(new Wanted(product, 1)), 60), REQUEST),
            ReservationView.class);

    for (Integer wrong : new Integer[] {null, 0, 901}) {
      assertThat(pointers(refused(400, () -> extend(held.id(), wrong))))
          .containsExactly("/ttlSeconds");
    }
    assertThat(refused(422, () -> extend(held.id(), 30)).type()).isEqualTo("not-longer");
    var extended = body(extend(held.id(), 900), ReservationView.class);
    assertThat(extended.extended()).isTrue();
    assertThat(extended.expiresAt()).isAfter(held.expiresAt());
    assertThat(refused(409, () -> extend(held.id(), 900)).type()).isEqualTo("already-extended");
    reservations.release(held.id(), REQUEST);
    assertThat(refused(409, () -> extend(held.id(), 900)).members())
        .containsEntry("reservationStatus", "RELEASED");
    refused(404, () -> extend(UUID.randomUUID(), 900));
  }

  private ResponseEntity<?> extend(UUID id, @Nullable Integer seconds) {
    return reservations.extend(id, new Extension(seconds), REQUEST);
  }

  @Test
  void the_ledger_of_a_product_is_listed_page_by_page() {
    UUID id = created("MOUSE", 50).id();
    stock.receive(new ReceivedStock(id, 3, null, "delivery"), REQUEST);

    var newest = ledger.list(id, new PageRequest(1, null, "list"));
    var view = newest.items().getFirst();
    var older = ledger.list(id, PageRequest.of(1, newest.nextCursor(), "list"));

    assertThat(view)
        .extracting("kind", "quantity", "reason", "actor", "stock", "reserved")
        .containsExactly("received", 3, "delivery", REQUEST.actor().name(), 53, 0);
    assertThat(older.items()).extracting("quantity", "stock").containsExactly(tuple(50, 50));
    assertThat(older.nextCursor()).isNull();
    refused(404, () -> ledger.list(UUID.randomUUID(), PAGE));
    for (String foreign : new String[] {"1", "1.2", "a.b.c", "1.2.9999999999"}) {
      refused(400, () -> ledger.list(id, new PageRequest(1, foreign, "list")));
    }
  }

  @Test
  void a_sku_that_is_taken_is_a_conflict() {
    products.create(product("MOUSE", 50), REQUEST);

    assertThat(refused(409, () -> products.create(product("MOUSE", 1), REQUEST)).type())
        .isEqualTo("sku-taken");
  }

  @Test
  void all_errors_of_a_product_are_reported_at_once() {
    var problem =
        refused(
            400,
            () ->
                products.create(
                    new NewProduct(
                        " ", null, "\u0000", null, null, "19", "a\nb", -1, null, -1, null, null),
                    REQUEST));

    assertThat(pointers(problem))
        .containsExactly(
            "/sku",
            "/name",
            "/description",
            "/price",
            "/taxRate",
            "/taxCode",
            "/stock",
            "/minStock");
  }

  @Test
  void a_change_on_an_old_version_is_refused_with_412() {
    UUID id = created("MOUSE", 50).id();
    var rename =
        new ChangedProduct(null, "Rat", null, null, null, null, null, null, null, null, null);

    assertThat(products.change(id, match("\"1\""), rename, REQUEST).getHeaders().getETag())
        .isEqualTo("\"2.50.0\"");
    assertThat(refused(412, () -> products.change(id, match("\"1\""), rename, REQUEST)).headers())
        .containsEntry("ETag", "\"2.50.0\"");
    refused(412, () -> products.change(id, match("\"2.49.0\""), rename, REQUEST));
    for (String seen : new String[] {"\"1\", \"2\"", "\"2.50.0\"", "*"}) {
      assertThat(products.change(id, match(seen), rename, REQUEST).getStatusCode().value())
          .isEqualTo(200);
    }
    refused(404, () -> products.change(UUID.randomUUID(), match("*"), rename, REQUEST));
    refused(404, () -> products.change(UUID.randomUUID(), match("\"1\""), rename, REQUEST));
  }

  private static IfMatch match(String header) {
    return IfMatch.of(List.of(header));
  }

  @Test
  void the_second_of_two_concurrent_stocktakes_is_refused() {
    UUID id = created("MOUSE", 50).id();
    String seen = "\"1.50.0\"";

    var first = stock.count(id, match(seen), new CountedStock(40, null, null), REQUEST);

    assertThat(first.getHeaders().getETag()).isEqualTo("\"1.40.0\"");
    assertThat(
            refused(
                    412,
                    () -> stock.count(id, match(seen), new CountedStock(45, null, null), REQUEST))
                .headers())
        .containsEntry("ETag", "\"1.40.0\"");
    refused(412, () -> stock.count(id, match("\"1\""), new CountedStock(45, null, null), REQUEST));
    assertThat(products.get(id).getHeaders().getETag()).isEqualTo("\"1.40.0\"");
  }

  @Test
  void stock_is_received_and_counted() {
    UUID id = created("MOUSE", 5).id();

    assertThat(
            body(
                stock.receive(new ReceivedStock(id, 3, null, "delivery"), REQUEST),
                ProductView.class))
        .extracting(ProductView::stock)
        .isEqualTo(8);
    assertThat(
            body(
                    stock.count(id, match("*"), new CountedStock(2, null, null), REQUEST),
                    ProductView.class)
                .stock())
        .isEqualTo(2);
    reserve(id, 2);
    assertThat(
            refused(
                    409,
                    () -> stock.count(id, match("*"), new CountedStock(1, null, null), REQUEST))
                .detail())
        .isEqualTo("stock must be at least 2, which is reserved, was 1");
    assertThat(
            refused(
                    422,
                    () ->
                        stock.receive(
                            new ReceivedStock(id, Integer.MAX_VALUE, null, null), REQUEST))
                .detail())
        .isEqualTo("stock must be at most 2147483647 in all, was 2 + 2147483647");
    refused(404, () -> stock.receive(new ReceivedStock(UUID.randomUUID(), 1, null, null), REQUEST));
    assertThat(
            pointers(
                refused(400, () -> stock.receive(new ReceivedStock(null, 0, null, ""), REQUEST))))
        .containsExactly("/productId", "/quantity", "/reason");
    refused(400, () -> stock.count(id, match("*"), new CountedStock(null, null, null), REQUEST));
  }

  @Test
  void a_reservation_is_created_with_its_location() {
    UUID id = created("MOUSE", 5).id();
    UUID order = ids.next();

    var response = stock.reserve(wanted(order, 60, new Wanted(id, 2), new Wanted(id, 1)), REQUEST);

    var view = body(response, ReservationView.class);
    assertThat(response.getStatusCode().value()).isEqualTo(201);
    assertThat(response.getHeaders().getFirst("Location"))
        .isEqualTo("/api/inventory/reservations/" + view.id());
    assertThat(view.status()).isEqualTo("RESERVED");
    assertThat(view.items()).containsExactly(new ReservationView.Item(id, 3, "MAIN"));
    assertThat(view.expiresAt()).isBefore(inventory.transactions().now().plusSeconds(61));
    assertThat(reservations.get(view.id())).isEqualTo(view);
    assertThat(reservations.list("RESERVED", order, PAGE).items()).containsExactly(view);
    assertThat(reservations.list("EXPIRED", order, PAGE).items()).isEmpty();
    assertThat(refused(409, () -> stock.reserve(wanted(order, null, new Wanted(id, 1)), REQUEST)))
        .satisfies(problem -> {
          assertThat(problem.type()).isEqualTo("already-reserved");
          assertThat(problem.members()).containsEntry("reservationId", view.id());
        });
  }

  @Test
  void too_little_stock_is_a_conflict_with_its_shortages() {
    UUID id = created("MOUSE", 5).id();

    var problem =
        refused(409, () -> stock.reserve(wanted(ids.next(), null, new Wanted(id, 6)), REQUEST));

    assertThat(problem.type()).isEqualTo("insufficient-stock");
    assertThat(problem.members().get("shortages")).isEqualTo(List.of(new ShortageView(id, 6, 5)));
    UUID unknown = UUID.randomUUID();
    assertThat(
            refused(
                    422,
                    () -> stock.reserve(wanted(ids.next(), null, new Wanted(unknown, 1)), REQUEST))
                .members())
        .containsEntry("unknownProducts", List.of(unknown));
  }

  @Test
  void all_errors_of_a_reservation_are_reported_at_once() {
    UUID id = UUID.randomUUID();
    var problem =
        refused(
            400,
            () ->
                stock.reserve(
                    wanted(
                        null,
                        86_401,
                        new Wanted(null, 1),
                        new Wanted(id, 0),
                        new Wanted(id, 1_000_001),
                        new Wanted(id, null),
                        null),
                    REQUEST));

    assertThat(pointers(problem))
        .containsExactly(
            "/orderId",
            "/ttlSeconds",
            "/items/0/productId",
            "/items/1/quantity",
            "/items/2/quantity",
            "/items/3/quantity",
            "/items/4");
    var many = Collections.<@Nullable Wanted>nCopies(2_001, new Wanted(id, 1));
    refused(400, () -> stock.reserve(new WantedStock(ids.next(), many, null), REQUEST));
    refused(400, () -> stock.reserve(new WantedStock(ids.next(), List.of(), null), REQUEST));
    refused(400, () -> stock.reserve(new WantedStock(ids.next(), null, null), REQUEST));
  }

  @Test
  void a_reservation_is_ended_once_and_the_other_way_is_a_conflict() {
    UUID product = created("MOUSE", 5).id();
    UUID id = reserve(product, 2).id();

    for (int i = 0; i < 2; i++) {
      var confirmed = body(reservations.confirm(id, REQUEST), ReservationView.class);
      assertThat(confirmed.status()).isEqualTo("CONFIRMED");
    }
    assertThat(refused(409, () -> reservations.release(id, REQUEST)).members())
        .containsEntry("reservationStatus", "CONFIRMED");
    refused(404, () -> reservations.release(UUID.randomUUID(), REQUEST));
    refused(404, () -> reservations.get(UUID.randomUUID()));
    refused(400, () -> reservations.list("reserved", null, PAGE));
  }

  @Test
  void the_sums_are_those_of_the_warehouse() {
    created("MOUSE", 5);
    created("KEYBOARD", 0);
    UUID laptop = created("LAPTOP", 4).id();
    reserve(laptop, 3);

    assertThat(stock.stats()).isEqualTo(new StatsView(3, 9, 3, 6, 0, 1, 1, 1));
    assertThat(products.lowStock(PAGE).items())
        .extracting(ProductView::sku)
        .containsExactly("KEYBOARD");
  }

  @Test
  void a_list_goes_on_where_its_page_ended() {
    created("A", 1);
    created("B", 1);
    created("C", 1);

    var first = products.list(null, null, null, null, new PageRequest(2, null, "list"));
    var second =
        products.list(null, null, null, null, PageRequest.of(2, first.nextCursor(), "list"));

    assertThat(first.items()).extracting(ProductView::sku).containsExactly("C", "B");
    assertThat(second.items()).extracting(ProductView::sku).containsExactly("A");
    assertThat(second.nextCursor()).isNull();
    refused(400, () -> products.list("\u0000", null, null, null, PAGE));
  }

  private ProductView created(String sku, int amount) {
    return body(products.create(product(sku, amount), REQUEST), ProductView.class);
  }

  private ReservationView reserve(UUID product, int quantity) {
    return body(
        stock.reserve(wanted(ids.next(), null, new Wanted(product, quantity)), REQUEST),
        ReservationView.class);
  }

  private static NewProduct product(String sku, int amount) {
    return new NewProduct(
        sku,
        "Thing",
        null,
        "things",
        Money.of("10.00", "BRL"),
        "0.19",
        "things",
        amount,
        null,
        null,
        null,
        null);
  }

  private static WantedStock wanted(
      @Nullable UUID order, @Nullable Integer ttl, @Nullable Wanted... items) {
    return new WantedStock(order, java.util.Arrays.asList(items), ttl);
  }

  private static <T> T body(ResponseEntity<?> response, Class<T> type) {
    return type.cast(Objects.requireNonNull(response.getBody()));
  }

  private static Problem refused(int status, ThrowingCallable call) {
    Problem problem = catchThrowableOfType(Problem.class, call);
    assertThat(problem).isNotNull();
    assertThat(problem.status()).isEqualTo(status);
    return problem;
  }

  private static List<String> pointers(Problem problem) {
    return ((List<?>) Objects.requireNonNull(problem.members().get("errors")))
        .stream().map(error -> ((InputError) error).pointer()).toList();
  }
}
