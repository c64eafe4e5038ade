package dev.reserva.sales;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.GroupCommit;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import dev.reserva.platform.database.ServiceSchema;
import dev.reserva.platform.events.ManualEvents;
import dev.reserva.platform.integrity.IntegrityCheck;
import dev.reserva.platform.integrity.OrderClaims;
import dev.reserva.platform.privacy.PaymentTokens;
import dev.reserva.platform.privacy.PersonalRecords;
import dev.reserva.platform.privacy.SubjectKeys;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.timeline.WaitingOrders;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.LargeBodies;
import dev.reserva.sales.adapters.messaging.SalesMessages;
import dev.reserva.sales.adapters.postgres.OrderIntegrity;
import dev.reserva.sales.adapters.postgres.OrderStepsCheck;
import dev.reserva.sales.adapters.postgres.PostgresCustomers;
import dev.reserva.sales.adapters.postgres.PostgresOrderClaims;
import dev.reserva.sales.adapters.postgres.PostgresOrderNumbers;
import dev.reserva.sales.adapters.postgres.PostgresOrders;
import dev.reserva.sales.adapters.postgres.PostgresProducts;
import dev.reserva.sales.adapters.web.CatchUp;
import dev.reserva.sales.adapters.web.OrderCommandsController;
import dev.reserva.sales.adapters.web.OrderRecords;
import dev.reserva.sales.adapters.web.OrderWaits;
import dev.reserva.sales.adapters.web.OrdersController;
import dev.reserva.sales.application.AwaitOrder;
import dev.reserva.sales.application.Customers;
import dev.reserva.sales.application.ExpireDrafts;
import dev.reserva.sales.application.FailLateOrders;
import dev.reserva.sales.application.FindOrders;
import dev.reserva.sales.application.FollowCustomers;
import dev.reserva.sales.application.FollowLocations;
import dev.reserva.sales.application.FollowOrders;
import dev.reserva.sales.application.FollowProducts;
import dev.reserva.sales.application.FollowReturns;
import dev.reserva.sales.application.LimitHolds;
import dev.reserva.sales.application.Locations;
import dev.reserva.sales.application.MoveOrder;
import dev.reserva.sales.application.OrderNumbers;
import dev.reserva.sales.application.Orders;
import dev.reserva.sales.application.PlaceOrders;
import dev.reserva.sales.application.Products;
import dev.reserva.sales.application.ReadOrderHistory;
import dev.reserva.sales.application.ReportOrdersEnded;
import dev.reserva.sales.application.Returns;
import dev.reserva.sales.application.ReviseDraft;
import dev.reserva.sales.application.SubmitDraft;
import dev.reserva.sales.domain.Deadlines;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;

/** The wiring of sales. */
@Configuration(proxyBeanMethods = false)
@Import(ReturnsConfiguration.class)
@EnableConfigurationProperties(SalesSettings.class)
public class SalesConfiguration {

  /** How long the worker waits for sales to catch up before it skips a run. */
  private static final Duration CATCH_UP = Duration.ofSeconds(1);

  @Bean
  ServiceSchema salesSchema() {
    return new ServiceSchema("sales");
  }

  @Bean
  Orders salesOrders() {
    return new PostgresOrders();
  }

  @Bean
  OrderNumbers salesOrderNumbers() {
    return new PostgresOrderNumbers();
  }

  @Bean
  Products salesProducts() {
    return new PostgresProducts();
  }

  @Bean
  Customers salesCustomers(SubjectKeys keys) {
    return new PostgresCustomers(keys);
  }

  @Bean
  AwaitOrder awaitOrder(SalesSettings settings) {
    return new AwaitOrder(settings.maxWaiting());
  }

  @Bean
  Deadlines orderDeadlines(SalesSettings settings) {
    return new Deadlines(
        settings.deadlines().draft(),
        settings.deadlines().pending(),
        settings.deadlines().pendingPayment(),
        settings.deadlines().paid());
  }

  @Bean
  Subscription salesSubscription(
      Orders orders,
      Products products,
      Customers customers,
      Returns returns,
      Locations locations,
      AwaitOrder awaitOrder) {
    return new SalesMessages(
            new FollowOrders(orders, awaitOrder),
            new FollowProducts(products),
            new FollowCustomers(customers),
            new FollowReturns(returns),
            new FollowLocations(locations))
        .subscription();
  }

  /**
   * @param backbone resolved when the worker runs, since the backbone is made after its workers
   */
  @Bean
  Worker salesDeadlines(
      SalesSettings settings,
      Transactions transactions,
      Orders orders,
      AwaitOrder awaitOrder,
      Deadlines deadlines,
      ObjectProvider<Backbone> backbone) {
    long judgesFrom = System.nanoTime() + settings.deadlines().startGrace().toNanos();
    var failLateOrders =
        new FailLateOrders(
            transactions,
            orders,
            awaitOrder,
            deadlines,
            () ->
                System.nanoTime() - judgesFrom >= 0
                    && backbone.getObject().awaitCaughtUp(SalesMessages.NAME, CATCH_UP));
    return new Worker("sales.deadlines", settings.deadlines().interval(), failLateOrders::run);
  }

  @Bean
  Worker salesDrafts(
      SalesSettings settings, Transactions transactions, Orders orders, Deadlines deadlines) {
    var expireDrafts = new ExpireDrafts(transactions, orders, deadlines);
    return new Worker("sales.drafts", settings.deadlines().interval(), expireDrafts::run);
  }

  @Bean
  LimitHolds limitHolds(SalesSettings settings, Orders orders, Customers customers) {
    return new LimitHolds(
        orders,
        customers,
        new LimitHolds.Limits(
            settings.limits().toLimits(), settings.limits().unverified().toLimits()));
  }

  @Bean
  Worker salesErasures(SalesSettings settings, Transactions transactions, Customers customers) {
    var reportOrdersEnded = new ReportOrdersEnded(transactions, customers);
    return new Worker("sales.erasures", settings.deadlines().interval(), reportOrdersEnded::run);
  }

  @Bean
  CatchUp salesCatchUp(SalesSettings settings, Backbone backbone) {
    return new CatchUp(backbone, SalesMessages.NAME, settings.catchUp());
  }

  @Bean
  OrdersController ordersController(
      SalesSettings settings,
      Transactions transactions,
      Commands commands,
      CatchUp catchUp,
      Ids ids,
      EventLog log,
      EventCatalogue catalogue,
      Orders orders,
      Products products,
      Customers customers,
      OrderNumbers numbers,
      LimitHolds limitHolds,
      AwaitOrder awaitOrder,
      ManualEvents manualEvents,
      PaymentTokens tokens) {
    return new OrdersController(
        transactions,
        commands,
        catchUp,
        limits(settings.placing()),
        new PlaceOrders(orders, products, customers, numbers, limitHolds, ids, settings.taxMode()),
        new FindOrders(orders),
        new ReadOrderHistory(log, catalogue, manualEvents::among),
        awaitOrder,
        tokens);
  }

  @Bean
  PersonalRecords orderRecords(Orders orders, Customers customers) {
    return new OrderRecords(new FindOrders(orders), customers);
  }

  @Bean
  WaitingOrders waitingOrders(Orders orders, Deadlines deadlines) {
    return new OrderWaits(orders, deadlines);
  }

  @Bean
  OrderCommandsController orderCommandsController(
      SalesSettings settings,
      Commands commands,
      CatchUp catchUp,
      Orders orders,
      Products products,
      Customers customers,
      LimitHolds limitHolds,
      Returns returns,
      AwaitOrder awaitOrder,
      PaymentTokens tokens) {
    return new OrderCommandsController(
        commands,
        catchUp,
        new SubmitDraft(orders, products, customers, limitHolds, settings.taxMode()),
        new ReviseDraft(orders, products, customers, settings.taxMode()),
        new MoveOrder(orders, returns, awaitOrder),
        tokens);
  }

  static GroupCommit.Limits limits(SalesSettings.PlacingSettings placing) {
    return new GroupCommit.Limits(
        placing.maxGroup(), placing.minWaiting(), placing.maxWaiting(), placing.maxWait());
  }

  @Bean
  LargeBodies salesBodies() {
    return LargeBodies.of(
        LargeBodies.at(HttpMethod.POST, "/api/orders"),
        LargeBodies.at(HttpMethod.PUT, "/api/orders/{id}"));
  }

  @Bean
  Routes salesRoutes() {
    return Routes.of(
        Route.of(HttpMethod.POST, "/api/orders", Role.OPERATOR, Role.CUSTOMER),
        Route.of(HttpMethod.GET, "/api/orders", Role.OPERATOR, Role.CUSTOMER),
        Route.of(HttpMethod.GET, "/api/orders/{id}", Role.OPERATOR, Role.CUSTOMER),
        Route.of(HttpMethod.PUT, "/api/orders/{id}", Role.OPERATOR, Role.CUSTOMER),
        Route.of(HttpMethod.DELETE, "/api/orders/{id}", Role.OPERATOR, Role.CUSTOMER),
        Route.of(HttpMethod.POST, "/api/orders/{id}/submit", Role.OPERATOR, Role.CUSTOMER),
        Route.of(HttpMethod.GET, "/api/orders/{id}/history", Role.OPERATOR, Role.CUSTOMER),
        Route.of(HttpMethod.PUT, "/api/orders/{id}/status", Role.OPERATOR));
  }

  @Bean
  OrderIntegrity orderIntegrity(DeadLetters deadLetters, Deadlines deadlines) {
    return new OrderIntegrity(deadLetters, deadlines);
  }

  @Bean
  IntegrityCheck salesSteps(
      Transactions transactions,
      EventLog log,
      EventCatalogue catalogue,
      ManualEvents manualEvents) {
    return new OrderStepsCheck(transactions, log, catalogue, manualEvents).check();
  }

  @Bean
  IntegrityCheck salesDeadlinesKept(OrderIntegrity integrity) {
    return integrity.deadlines();
  }

  @Bean
  IntegrityCheck salesTotals(OrderIntegrity integrity) {
    return integrity.totals();
  }

  @Bean
  IntegrityCheck salesFoundations(OrderIntegrity integrity) {
    return integrity.foundations();
  }

  @Bean
  IntegrityCheck salesKeys(OrderIntegrity integrity) {
    return integrity.keys();
  }

  @Bean
  OrderClaims.Sold salesClaims() {
    return new PostgresOrderClaims();
  }
}
