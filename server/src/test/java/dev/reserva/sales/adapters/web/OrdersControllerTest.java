package dev.reserva.sales.adapters.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reserva.TestTransactions;
import dev.reserva.contracts.Money;
import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.GroupCommit;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.events.TestCatalogue;
import dev.reserva.platform.privacy.TestKeys;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.DirectCommands;
import dev.reserva.platform.web.IfMatch;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import dev.reserva.sales.adapters.memory.MemoryCustomers;
import dev.reserva.sales.adapters.memory.MemoryOrderNumbers;
import dev.reserva.sales.adapters.memory.MemoryOrders;
import dev.reserva.sales.adapters.memory.MemoryProducts;
import dev.reserva.sales.adapters.memory.MemoryReturns;
import dev.reserva.sales.adapters.web.OrderRequests.CancelBody;
import dev.reserva.sales.adapters.web.OrderRequests.ItemBody;
import dev.reserva.sales.adapters.web.OrderRequests.PaymentBody;
import dev.reserva.sales.adapters.web.OrderRequests.PlaceBody;
import dev.reserva.sales.adapters.web.OrderRequests.RevisionBody;
import dev.reserva.sales.adapters.web.OrderRequests.SubmitBody;
import dev.reserva.sales.application.AwaitOrder;
import dev.reserva.sales.application.Customers;
import dev.reserva.sales.application.FindOrders;
import dev.reserva.sales.application.FollowOrders;
import dev.reserva.sales.application.FollowOrders.OrderFact;
import dev.reserva.sales.application.LimitHolds;
import dev.reserva.sales.application.MoveOrder;
import dev.reserva.sales.application.OrderNumbers;
import dev.reserva.sales.application.Orders;
import dev.reserva.sales.application.PlaceOrders;
import dev.reserva.sales.application.Products;
import dev.reserva.sales.application.ReadOrderHistory;
import dev.reserva.sales.application.ReviseDraft;
import dev.reserva.sales.application.SubmitDraft;
import dev.reserva.sales.domain.Fact;
import dev.reserva.sales.domain.HoldLimits;
import dev.reserva.sales.domain.Product;
import dev.reserva.sales.domain.SampleOrders;
import dev.reserva.sales.domain.TaxMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseEntity;

/** The controllers on use cases in memory: permissions and answers. */
class OrdersControllerTest {

  private static final IfMatch ANY = IfMatch.of(List.of());

  private static final UUID ANNA = new UUID(0x7000, 1);
  private static final UUID BERT = new UUID(0x7000, 2);
  private static final Product MOUSE =
      new Product(new UUID(1, 1), "MOUSE", "Mouse", Money.of("10.00", "BRL"), true);

  private final TestTransactions transactions = new TestTransactions(SampleOrders.LATER);
  private final Orders orders = new MemoryOrders();
  private final Products products = new MemoryProducts();
  private final Customers customers = new MemoryCustomers();
  private final OrderNumbers numbers = new MemoryOrderNumbers();
  private final AwaitOrder waiting = new AwaitOrder(5);
  private final FollowOrders followOrders = new FollowOrders(orders, waiting);
  private final LaggingBackbone backbone = new LaggingBackbone();
  private final EventfulCommands commands = new EventfulCommands();
  private final CatchUp catchUp = new CatchUp(backbone, "sales", Duration.ofSeconds(2));
  private final LimitHolds limitHolds =
      new LimitHolds(
          orders, customers, new LimitHolds.Limits(SampleOrders.AMPLE, new HoldLimits(3, 20, 2)));
  private final OrdersController controller =
      new OrdersController(
          transactions,
          commands,
          catchUp,
          new GroupCommit.Limits(10, 10, 10, Duration.ofMinutes(1)),
          new PlaceOrders(
              orders,
              products,
              customers,
              numbers,
              limitHolds,
              Ids.timeOrdered(),
              TaxMode.INCLUDED),
          new FindOrders(orders),
          new ReadOrderHistory(new EmptyLog(), TestCatalogue.create(), ids -> Set.of()),
          waiting,
          TestKeys.paymentTokens());
  private final OrderCommandsController changes =
      new OrderCommandsController(
          commands,
          catchUp,
          new SubmitDraft(orders, products, customers, limitHolds, TaxMode.INCLUDED),
          new ReviseDraft(orders, products, customers, TaxMode.INCLUDED),
          new MoveOrder(orders, new MemoryReturns(), waiting),
          TestKeys.paymentTokens());

  @BeforeEach
  void open_the_shop() {
    offer(MOUSE);
    transactions.run(tx -> customers.add(List.of(ANNA, BERT), tx));
  }

  @Test
  void a_customers_order_is_created_for_itself() {
    ResponseEntity<?> answer = controller.place(body(null, 2), null, customer(ANNA));
    OrderView order = view(answer);
    assertThat(answer.getStatusCode().value()).isEqualTo(201);
    assertThat(answer.getHeaders().getLocation()).hasToString("/api/orders/" + order.id());
    assertThat(answer.getHeaders().getETag())
        .isEqualTo(controller.find(order.id(), staff()).getHeaders().getETag());
    assertThat(order.customerId()).isEqualTo(ANNA);
    assertThat(order.status()).isEqualTo("PENDING");
    assertThat(order.total()).isEqualTo(Money.of("20.00", "BRL"));
  }

  @Test
  void who_may_order_for_whom() {
    assertThat(view(controller.place(body(ANNA, 1), null, customer(ANNA))).customerId())
        .isEqualTo(ANNA);
    assertThat(view(controller.place(body(BERT, 1), null, staff())).customerId()).isEqualTo(BERT);
    refused(403, "forbidden", () -> controller.place(body(BERT, 1), null, customer(ANNA)));
    refused(403, "forbidden", () -> controller.place(body(null, 1), null, customer(null)));
    refused(400, "invalid-request", () -> controller.place(body(null, 1), null, staff()));
  }

  @Test
  void all_errors_of_an_order_are_reported_at_once() {
    var body =
        new PlaceBody(
            ANNA,
            List.of(
                new ItemBody(null, null, 1),
                new ItemBody(MOUSE.id(), "MOUSE", 1),
                new ItemBody(MOUSE.id(), null, 0),
                new ItemBody(null, " ", null)),
            new PaymentBody("cash", "a\0b"),
            "x".repeat(1_001),
            null);
    Problem problem = refused(400, "invalid-request", () -> controller.place(body, null, staff()));
    assertThat(String.valueOf(problem.members().get("errors")))
        .contains(
            "/items/0,",
            "/items/1,",
            "/items/2/quantity",
            "quantity must be 1..1000000, was 0",
            "/items/3/sku",
            "/items/3/quantity",
            "/payment/method",
            "/payment/token",
            "/shippingAddress");
    refused(
        400,
        "invalid-request",
        () -> controller.place(new PlaceBody(ANNA, List.of(), null, null, null), null, staff()));
    refused(
        400,
        "invalid-request",
        () -> controller.place(new PlaceBody(ANNA, null, null, null, null), null, staff()));
  }

  @Test
  void an_impossible_order_is_422_with_a_type_of_its_own() {
    Product fan = new Product(new UUID(1, 2), "FAN", "Fan", Money.of("500", "JPY"), true);
    Product old = new Product(new UUID(1, 3), "OLD", "Old", Money.of("1.00", "BRL"), false);
    offer(fan, old);
    transactions.run(tx -> customers.deactivate(List.of(BERT), tx));
    refused(422, "inactive-customer", () -> controller.place(body(BERT, 1), null, staff()));
    refused(
        422, "unknown-customer", () -> controller.place(body(new UUID(9, 9), 1), null, staff()));
    refused(422, "unknown-product", () -> place("NONE"));
    refused(422, "inactive-product", () -> place("OLD"));
    refused(422, "mixed-currencies", () -> place("MOUSE", "FAN"));
    assertThat(transactions.published()).isEmpty();
  }

  @Test
  void a_customer_who_holds_too_much_is_told_the_limit() {
    Problem units =
        refused(
            422,
            "too-many-units",
            () -> controller.place(body(null, 500_000), null, customer(ANNA)));
    assertThat(units.detail())
        .isEqualTo(
            "customer %s must hold at most 20 units of MOUSE without payment, holds 0 and asked for 500000; "
                    .formatted(ANNA)
                + "a customer whose e-mail address is verified may have more");
    assertThat(units.members())
        .containsEntry("productId", MOUSE.id())
        .containsEntry("held", 0L)
        .containsEntry("limit", 20);

    for (int i = 0; i < 3; i++) {
      controller.place(body(null, 1), null, customer(ANNA));
    }
    Problem orders =
        refused(
            422,
            "too-many-open-orders",
            () -> controller.place(body(null, 1), null, customer(ANNA)));
    assertThat(orders.members()).containsEntry("open", 3).containsEntry("limit", 3);
    controller.place(body(ANNA, 1_000), null, staff());
  }

  @Test
  void a_customer_who_gives_up_one_order_after_the_other_is_told_when_to_come_back() {
    for (int i = 0; i < 2; i++) {
      UUID order = view(controller.place(body(null, 1), null, customer(ANNA))).id();
      changes.cancel(order, ANY, null, customer(ANNA));
    }
    Problem problem =
        refused(
            429,
            "too-many-given-up-orders",
            () -> controller.place(body(null, 1), null, customer(ANNA)));
    assertThat(problem.headers()).containsEntry("Retry-After", "3600");
    assertThat(problem.members()).containsEntry("limit", 2);
  }

  @Test
  void an_order_for_a_new_product_waits_until_sales_has_caught_up() {
    Product fresh = new Product(new UUID(1, 4), "NEW", "New", Money.of("1.00", "BRL"), true);
    backbone.pending = () -> offer(fresh);
    assertThat(view(place("NEW")).items()).hasSize(1);
    assertThat(backbone.asked).isEqualTo(1);
    place("NEW");
    assertThat(backbone.asked).isEqualTo(1);
  }

  @Test
  void an_unknown_product_is_refused_for_good_only_when_sales_has_caught_up() {
    Product old = new Product(new UUID(1, 3), "OLD", "Old", Money.of("1.00", "BRL"), false);
    offer(old);
    backbone.caughtUp = false;
    Problem refused = refused(503, "catching-up", () -> place("NONE"));
    assertThat(refused.headers()).containsEntry("Retry-After", "1");
    refused(503, "catching-up", () -> controller.place(body(new UUID(9, 9), 1), null, staff()));
    refused(422, "inactive-product", () -> place("OLD"));
    backbone.caughtUp = true;
    refused(422, "unknown-product", () -> place("NONE"));
    assertThat(transactions.published()).isEmpty();
  }

  @Test
  void an_order_for_a_product_just_made_is_placed_even_if_sales_has_not_caught_up() {
    Product fresh = new Product(new UUID(1, 4), "NEW", "New", Money.of("1.00", "BRL"), true);
    backbone.pending = () -> offer(fresh);
    backbone.caughtUp = false;
    assertThat(view(place("NEW")).items()).hasSize(1);
  }

  @Test
  void a_draft_is_submitted_once() {
    OrderView order = draft(1);
    assertThat(order.status()).isEqualTo("DRAFT");
    refused(404, "not-found", () -> changes.submit(order.id(), ANY, null, customer(BERT)));
    ResponseEntity<?> submitted = changes.submit(order.id(), ANY, null, customer(ANNA));
    assertThat(submitted.getStatusCode().value()).isEqualTo(200);
    assertThat(view(submitted).status()).isEqualTo("PENDING");
    assertThat(view(submitted).previousTotal()).isNull();
    refused(409, "order-state", () -> changes.submit(order.id(), ANY, null, customer(ANNA)));
  }

  @Test
  void a_draft_whose_price_has_changed_is_submitted_only_if_the_buyer_agrees() {
    OrderView order = draft(2);
    Money before = Money.of("20.00", "BRL");
    Money now = Money.of("30.00", "BRL");
    offer(new Product(MOUSE.id(), "MOUSE", "Mouse", Money.of("15.00", "BRL"), true));
    Problem changed =
        refused(
            409,
            "price-changed",
            () -> changes.submit(order.id(), ANY, new SubmitBody(before), customer(ANNA)));
    assertThat(changed.members()).containsEntry("total", now);
    assertThat(changed.detail()).contains("30.00 BRL", "20.00 BRL");
    OrderView submitted =
        view(changes.submit(order.id(), ANY, new SubmitBody(now), customer(ANNA)));
    assertThat(submitted.total()).isEqualTo(now);
    assertThat(submitted.previousTotal()).isEqualTo(before);
    assertThat(controller.find(order.id(), customer(ANNA)).getBody())
        .usingRecursiveComparison()
        .ignoringFields("previousTotal")
        .isEqualTo(submitted);
  }

  @Test
  void a_draft_can_be_replaced_and_an_order_cannot() {
    OrderView order = draft(2);
    var body =
        new RevisionBody(
            List.of(new ItemBody(null, "NEW", 3)), new PaymentBody("pix", null), "Rua 2");
    Product fresh = new Product(new UUID(1, 4), "NEW", "New", Money.of("1.00", "BRL"), true);
    backbone.pending = () -> offer(fresh);
    refused(404, "not-found", () -> changes.revise(order.id(), ANY, body, customer(BERT)));
    ResponseEntity<?> answer = changes.revise(order.id(), ANY, body, customer(ANNA));
    assertThat(answer.getStatusCode().value()).isEqualTo(200);
    assertThat(view(answer).status()).isEqualTo("DRAFT");
    assertThat(view(answer).total()).isEqualTo(Money.of("3.00", "BRL"));
    assertThat(view(answer).version()).isEqualTo(2);
    Problem wrong =
        refused(
            400,
            "invalid-request",
            () ->
                changes.revise(
                    order.id(),
                    ANY,
                    new RevisionBody(null, new PaymentBody("cash", null), " "),
                    customer(ANNA)));
    assertThat(String.valueOf(wrong.members().get("errors")))
        .contains("/items", "/payment/method", "/shippingAddress");
    changes.submit(order.id(), ANY, null, customer(ANNA));
    refused(409, "order-state", () -> changes.revise(order.id(), ANY, body, customer(ANNA)));
  }

  @Test
  void a_deleted_draft_is_answered_without_a_body() {
    OrderView order = draft(1);
    refused(404, "not-found", () -> changes.cancel(order.id(), ANY, null, customer(BERT)));
    ResponseEntity<?> answer = changes.cancel(order.id(), ANY, null, customer(ANNA));
    assertThat(answer.getStatusCode().value()).isEqualTo(204);
    assertThat(answer.getBody()).isNull();
    refused(404, "not-found", () -> controller.find(order.id(), customer(ANNA)));
  }

  @Test
  void every_change_of_an_order_honours_if_match() {
    UUID id = draft(1).id();
    String etag = String.valueOf(controller.find(id, staff()).getHeaders().getETag());
    IfMatch seen = IfMatch.of(List.of(etag));
    var body = new RevisionBody(List.of(new ItemBody(null, "MOUSE", 2)), null, null);
    assertThat(changes.revise(id, seen, body, staff()).getHeaders().getETag())
        .isEqualTo(controller.find(id, staff()).getHeaders().getETag())
        .isNotEqualTo(etag);
    for (ThrowingCallable stale :
        List.<ThrowingCallable>of(
            () -> changes.revise(id, seen, body, staff()),
            () -> changes.submit(id, seen, null, staff()),
            () -> changes.move(id, seen, status("SHIPPED"), staff()),
            () -> changes.cancel(id, seen, null, staff()))) {
      refused(412, "stale-version", stale);
    }
    IfMatch version = IfMatch.of(List.of("\"2\""));
    assertThat(view(changes.submit(id, version, null, staff())).status()).isEqualTo("PENDING");
  }

  @Test
  void the_entity_tag_of_an_order_changes_with_what_is_reported_of_it() {
    UUID id = view(controller.place(body(ANNA, 3), null, staff())).id();
    String placed = controller.find(id, staff()).getHeaders().getETag();
    transactions.setNow(SampleOrders.LATER.plusSeconds(1));
    apply(id, new Fact.PaymentFailed(SampleOrders.PAYMENT));
    assertThat(controller.find(id, staff()).getHeaders().getETag()).isNotEqualTo(placed);
  }

  @Test
  void a_waiting_caller_gets_the_order_as_it_is_when_it_is_settled() {
    commands.afterwards = id -> apply(id, new Fact.StockInsufficient(false));
    ResponseEntity<?> answer =
        controller.place(body(ANNA, 1), List.of("respond-async, wait=10"), staff());
    assertThat(answer.getStatusCode().value()).isEqualTo(201);
    assertThat(answer.getHeaders().getFirst("Preference-Applied")).isEqualTo("wait=10");
    assertThat(view(answer).status()).isEqualTo("CANCELLED");
    assertThat(view(answer).reason()).isEqualTo("out_of_stock");
    assertThat(answer.getHeaders().getETag())
        .isEqualTo(controller.find(view(answer).id(), staff()).getHeaders().getETag());
  }

  @Test
  void an_order_is_cancelled_by_its_customer_before_it_is_shipped_and_only_once() {
    UUID id = confirmed();
    refused(404, "not-found", () -> changes.cancel(id, ANY, null, customer(BERT)));
    ResponseEntity<?> answer =
        changes.cancel(id, ANY, new CancelBody("changed my mind"), customer(ANNA));
    assertThat(answer.getStatusCode().value()).isEqualTo(202);
    assertThat(view(answer).reason()).isEqualTo("customer_request");
    Problem again =
        refused(409, "order-state", () -> changes.cancel(id, ANY, null, customer(ANNA)));
    assertThat(again.members()).containsEntry("orderStatus", "CANCELLED");

    UUID shipped = confirmed();
    changes.move(shipped, ANY, status("SHIPPED"), staff());
    refused(409, "order-state", () -> changes.cancel(shipped, ANY, null, customer(ANNA)));
    refused(409, "order-state", () -> changes.cancel(shipped, ANY, null, staff()));
    assertThat(view(changes.cancel(shipped, ANY, new CancelBody("returned"), staff())).reason())
        .isEqualTo("returned");
  }

  @Test
  void an_operator_moves_an_order_along_its_edges_and_nowhere_else() {
    UUID id = confirmed();
    for (String wrong : List.of("DRAFT", "PENDING", "PENDING_PAYMENT", "PAID", "FAILED")) {
      refused(
          409, "order-state", () -> changes.move(id, ANY, new StatusBody(wrong, null), staff()));
    }
    refused(409, "order-state", () -> changes.move(id, ANY, status("DELIVERED"), staff()));
    refused(409, "order-state", () -> changes.move(id, ANY, status("COMPLETED"), staff()));
    for (String next : List.of("SHIPPED", "DELIVERED", "COMPLETED")) {
      assertThat(view(changes.move(id, ANY, status(next), staff())).status()).isEqualTo(next);
    }
    refused(409, "order-state", () -> changes.move(id, ANY, status("CANCELLED"), staff()));
    refused(400, "invalid-request", () -> changes.move(id, ANY, status("LOST"), staff()));
    refused(
        400, "invalid-request", () -> changes.move(id, ANY, new StatusBody(null, null), staff()));
    refused(404, "not-found", () -> changes.move(ANNA, ANY, status("PAID"), staff()));
    for (String override : List.of("SHIPPED", "DELIVERED", "COMPLETED")) {
      assertThat(new StatusBody(override, null).parsed().override()).isEqualTo("set by hand");
      assertThat(new StatusBody(override, "lost").parsed().override()).isEqualTo("lost");
    }

    UUID other = confirmed();
    changes.move(other, ANY, status("SHIPPED"), staff());
    OrderView back =
        view(changes.move(other, ANY, new StatusBody("CANCELLED", "did not fit"), staff()));
    assertThat(back.reason()).isEqualTo("returned");
  }

  @Test
  void a_customer_sees_its_own_orders_and_no_others() {
    OrderView annas = view(controller.place(body(ANNA, 1), null, staff()));
    OrderView berts = view(controller.place(body(BERT, 1), null, staff()));
    assertThat(controller.find(annas.id(), customer(ANNA)).getBody()).isEqualTo(annas);
    refused(404, "not-found", () -> controller.find(berts.id(), customer(ANNA)));
    refused(404, "not-found", () -> controller.history(berts.id(), page(), customer(ANNA)));
    assertThat(list(null, null, null, customer(ANNA)).items()).containsExactly(annas);
    assertThat(list(null, null, null, staff()).items()).containsExactlyInAnyOrder(berts, annas);
    refused(403, "forbidden", () -> list(null, BERT, null, customer(ANNA)));
    refused(400, "invalid-request", () -> list("x", null, "y", staff()));
  }

  @Test
  void a_preference_to_wait_is_parsed_and_bounded() {
    assertThat(PreferWait.of(null)).isEmpty();
    assertThat(PreferWait.of(List.of("wait=0"))).isEmpty();
    assertThat(PreferWait.of(List.of("wait=-1", "wait=x", "waiting=3", ""))).isEmpty();
    assertThat(PreferWait.of(List.of("respond-async", "Wait = 7"))).contains(Duration.ofSeconds(7));
    assertThat(PreferWait.of(List.of("handling=lenient, wait=\"5\"; foo=bar")))
        .contains(Duration.ofSeconds(5));
    assertThat(PreferWait.of(List.of("wait=999999999"))).contains(PreferWait.MAX);
    assertThat(PreferWait.of(List.of("wait=99999999999999999999"))).isEmpty();
  }

  private Page<OrderView> list(
      @Nullable String status,
      @Nullable UUID customerId,
      @Nullable String from,
      RequestContext request) {
    return controller.list(
        status, customerId, null, from, null, null, null, null, null, null, page(), request);
  }

  private OrderView draft(int quantity) {
    var body =
        new PlaceBody(ANNA, List.of(new ItemBody(null, "MOUSE", quantity)), null, null, true);
    return view(controller.place(body, List.of("wait=5"), staff()));
  }

  private UUID confirmed() {
    UUID id = view(controller.place(body(ANNA, 3), null, staff())).id();
    apply(
        id,
        new Fact.StockReserved(SampleOrders.RESERVATION, SampleOrders.EXPIRY, List.of()),
        new Fact.PaymentApproved(SampleOrders.PAYMENT, SampleOrders.TOTAL),
        new Fact.StockConfirmed(SampleOrders.RESERVATION, List.of()));
    return id;
  }

  private void apply(UUID id, Fact... facts) {
    List<OrderFact> batch =
        Arrays.stream(facts).map(fact -> new OrderFact(id, fact, Cause.of("c"))).toList();
    transactions.run(tx -> followOrders.follow(batch, tx));
  }

  private void offer(Product... offered) {
    transactions.run(tx -> products.save(List.of(offered), tx));
  }

  private ResponseEntity<?> place(String... skus) {
    List<ItemBody> items = Arrays.stream(skus).map(sku -> new ItemBody(null, sku, 1)).toList();
    return controller.place(new PlaceBody(ANNA, items, null, null, null), null, staff());
  }

  private static PlaceBody body(@Nullable UUID customer, int quantity) {
    return new PlaceBody(
        customer, List.of(new ItemBody(MOUSE.id(), null, quantity)), null, null, null);
  }

  private static StatusBody status(String status) {
    return new StatusBody(status, "by hand");
  }

  private static PageRequest page() {
    return new PageRequest(50, null, "list");
  }

  private static OrderView view(ResponseEntity<?> answer) {
    assertThat(answer.getBody()).isInstanceOf(OrderView.class);
    return (OrderView) requireNonNull(answer.getBody());
  }

  private static Problem refused(int status, String type, ThrowingCallable call) {
    Problem problem = catchThrowableOfType(Problem.class, call);
    assertThat(problem).as("a problem %s", type).isNotNull();
    assertThat(problem.type()).isEqualTo(type);
    assertThat(problem.status()).isEqualTo(status);
    return problem;
  }

  private static RequestContext customer(@Nullable UUID id) {
    return new RequestContext(
        new Caller("customer", Set.of(Role.CUSTOMER), id), Cause.of("request"), null);
  }

  private static RequestContext staff() {
    return new RequestContext(
        new Caller("operator", Set.of(Role.OPERATOR), null), Cause.of("request"), null);
  }

  /** Carries out each command at once; then something may happen to the order it placed. */
  private final class EventfulCommands implements Commands {

    private final Commands direct = new DirectCommands(transactions);
    private Consumer<UUID> afterwards = id -> {};

    @Override
    public ResponseEntity<?> execute(RequestContext request, Function<UnitOfWork, Answer> work) {
      return direct.execute(request, work);
    }

    @Override
    public <C> Grouped<C> grouped(Kind kind, GroupCommit.Limits limits, GroupHandler<C> handler) {
      Grouped<C> placing = direct.grouped(kind, limits, handler);
      return (request, command) -> {
        Started placed = placing.start(request, command);
        placed.whenDone(answer -> {
          if (answer != null) {
            afterwards.accept(((OrderView) requireNonNull(answer.body())).id());
          }
        });
        return placed;
      };
    }
  }

  /** Runs the pending work when a request waits for sales to catch up. */
  private static final class LaggingBackbone implements Backbone {

    private Runnable pending = () -> {};
    private boolean caughtUp = true;
    private int asked;

    @Override
    public boolean awaitCaughtUp(String subscription, Duration timeout) {
      assertThat(subscription).isEqualTo("sales");
      asked++;
      pending.run();
      return caughtUp;
    }

    @Override
    public List<SubscriptionStatus> subscriptions() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<WorkerStatus> workers() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void wake(String worker) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void replay(String subscription, long after) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void replay(String subscription, long after, UnitOfWork tx) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Rates rates() {
      throw new UnsupportedOperationException();
    }
  }

  private static final class EmptyLog implements EventLog {
    @Override
    public long end() {
      return 0;
    }

    @Override
    public long start() {
      return 1;
    }

    @Override
    public List<Entry> ofKey(UUID key, long after, int limit) {
      return List.of();
    }

    @Override
    public Found search(Filter filter, long after, int limit) {
      return new Found(List.of(), null);
    }
  }
}
