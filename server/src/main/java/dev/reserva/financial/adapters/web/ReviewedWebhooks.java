package dev.reserva.financial.adapters.web;

import dev.reserva.financial.application.SettlePayment;
import dev.reserva.financial.application.SettlePayment.Outcome;
import dev.reserva.financial.application.SettlePayment.Received;
import dev.reserva.financial.application.SettlePayment.Report;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.web.Problem;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * Puts a webhook that is refused on the list of what the provider and the books disagree about. The
 * refusal rolls its transaction back, so the review has one of its own.
 */
public final class ReviewedWebhooks {

  private final SettlePayment settlePayment;
  private final Transactions transactions;

  public ReviewedWebhooks(SettlePayment settlePayment, Transactions transactions) {
    this.settlePayment = settlePayment;
    this.transactions = transactions;
  }

  /** What became of a webhook. */
  @FunctionalInterface
  interface Refusals {

    /**
     * @throws Problem if the webhook is refused
     */
    void take(Report report, Received received);
  }

  private record Refused(Report report, Outcome outcome) {}

  /**
   * Runs a webhook.
   *
   * @param command tells, within its transaction, what became of the webhook
   */
  ResponseEntity<?> execute(Function<Refusals, ResponseEntity<?>> command) {
    var refused = new AtomicReference<@Nullable Refused>();
    try {
      return command.apply((report, received) -> {
        Problem problem = problem(report, received);
        if (problem != null && received instanceof Outcome outcome) {
          refused.set(new Refused(report, outcome));
          throw problem;
        }
      });
    } finally {
      Refused last = refused.get();
      if (last != null) {
        transactions.run(tx -> settlePayment.review(last.report(), last.outcome(), tx));
      }
    }
  }

  private static @Nullable Problem problem(Report report, Received received) {
    return switch (received) {
      case Outcome.Settled _, Received.Repeated _ -> null;
      case Outcome.Unknown() -> PaymentProblems.noSuchPayment(report.paymentId());
      case Outcome.Refused(var status) ->
          PaymentProblems.notToBeSettled(report.paymentId(), status);
      case Outcome.OtherAmount(var amount) ->
          PaymentProblems.ofAnotherAmount(report.paymentId(), amount);
    };
  }
}
