package dev.reserva.financial;

import dev.reserva.financial.adapters.postgres.PostgresReviews;
import dev.reserva.financial.adapters.web.ReviewedWebhooks;
import dev.reserva.financial.adapters.web.ReviewsController;
import dev.reserva.financial.application.DecideReview;
import dev.reserva.financial.application.Payments;
import dev.reserva.financial.application.Receivables;
import dev.reserva.financial.application.Refunds;
import dev.reserva.financial.application.Reviews;
import dev.reserva.financial.application.SettlePayment;
import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.web.Commands;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Wires what the provider and the books disagree about. */
@Configuration(proxyBeanMethods = false)
class ReviewsConfiguration {

  @Bean
  Routes reviewRoutes() {
    return Routes.of(
        Route.of(HttpMethod.GET, "/api/payment-reviews", Role.OPERATOR),
        Route.of(HttpMethod.GET, "/api/payment-reviews/{id}", Role.OPERATOR),
        Route.of(HttpMethod.POST, "/api/payment-reviews/{id}/decide", Role.OPERATOR));
  }

  @Bean
  Reviews reviews() {
    return new PostgresReviews();
  }

  @Bean
  ReviewedWebhooks reviewedWebhooks(SettlePayment settlePayment, Transactions transactions) {
    return new ReviewedWebhooks(settlePayment, transactions);
  }

  @Bean
  ReviewsController reviewsController(
      Reviews reviews,
      Payments payments,
      Refunds refunds,
      Receivables receivables,
      Transactions transactions,
      Commands commands,
      Backbone backbone) {
    return new ReviewsController(
        reviews,
        new DecideReview(
            reviews,
            payments,
            refunds,
            receivables,
            () -> backbone.wake(FinancialConfiguration.REFUNDS_WORKER)),
        transactions,
        commands);
  }
}
