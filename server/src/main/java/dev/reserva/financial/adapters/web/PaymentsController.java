package dev.reserva.financial.adapters.web;

import static java.util.Objects.requireNonNull;

import dev.reserva.contracts.Money;
import dev.reserva.financial.application.PaymentProvider;
import dev.reserva.financial.application.Payments;
import dev.reserva.financial.application.ProcessPayment;
import dev.reserva.financial.application.RefundPayment;
import dev.reserva.financial.application.SettlePayment;
import dev.reserva.financial.domain.Owing;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentMethod;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.Refund;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/payments}, apart from the webhook. */
@RestController
public final class PaymentsController {

  /** How long a request for an order that nobody knows waits for the news of it. */
  private static final Duration NEWS = Duration.ofSeconds(2);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final ProcessPayment processPayment;
  private final SettlePayment settlePayment;
  private final RefundPayment refundPayment;
  private final Payments payments;
  private final Transactions transactions;
  private final Commands commands;
  private final Predicate<Duration> awaitNews;

  /**
   * @param awaitNews waits until what is in the log now has been heard, and says whether it has
   *     within the time
   */
  public PaymentsController(
      ProcessPayment processPayment,
      SettlePayment settlePayment,
      RefundPayment refundPayment,
      Payments payments,
      Transactions transactions,
      Commands commands,
      Predicate<Duration> awaitNews) {
    this.processPayment = processPayment;
    this.settlePayment = settlePayment;
    this.refundPayment = refundPayment;
    this.payments = payments;
    this.transactions = transactions;
    this.commands = commands;
    this.awaitNews = awaitNews;
  }

  record ProcessRequest(@Nullable UUID orderId, @Nullable String method, @Nullable String token) {}

  record SettleRequest(@Nullable String status) {}

  record RefundRequest(@Nullable Money amount, @Nullable String reason) {}

  @PostMapping("/api/payments/process")
  public ResponseEntity<?> process(@RequestBody ProcessRequest body, RequestContext request) {
    var errors = new InputErrors();
    UUID orderId = errors.required("/orderId", body.orderId());
    PaymentMethod method = errors.required("/method", body.method(), PaymentMethod::parse);
    String token = body.token();
    if (token != null && (token.isEmpty() || token.length() > Payment.MAX_TOKEN_LENGTH)) {
      errors.add(
          "/token",
          "must have 1..%d characters, had %d".formatted(Payment.MAX_TOKEN_LENGTH, token.length()));
    }
    errors.throwIfAny();
    var wish =
        new ProcessPayment.Request(
            requireNonNull(orderId), requireNonNull(method), token, payer(request.caller()));
    awaitOrder(wish.orderId());
    return commands.execute(
        request,
        tx ->
            switch (processPayment.process(wish, request.cause(), tx)) {
              case ProcessPayment.Outcome.UnderWay(var payment) ->
                  Answer.accepted(PaymentView.of(payment));
              case ProcessPayment.Outcome.Unknown() ->
                  throw Problem.notFound("order that waits for payment", wish.orderId());
              case ProcessPayment.Outcome.OrderDead() ->
                  throw Problem.conflict(
                      "order-state",
                      "The order's state does not allow it",
                      "the order %s is cancelled".formatted(wish.orderId()));
              case ProcessPayment.Outcome.AlreadyFailed(var payment) ->
                  throw paymentState(
                      "the payment %s of the order %s has failed"
                          .formatted(payment.id(), wish.orderId()));
            });
  }

  @GetMapping("/api/payments")
  public Page<PaymentView> list(
      @RequestParam(required = false) @Nullable UUID orderId,
      @RequestParam(required = false) @Nullable String status,
      PageRequest page,
      RequestContext request) {
    PaymentStatus wanted = status == null ? null : status(status);
    UUID payer = payer(request.caller());
    if (payer != null && orderId == null) {
      throw Problem.forbidden("customers list the payments of one order: ?orderId=");
    }
    List<Payment> found =
        transactions.snapshot(
            tx -> payments.list(orderId, wanted, page.before(), page.limit() + 1, tx));
    return Page.of(
            found.stream().filter(payment -> mayRead(payer, payment)).toList(),
            page,
            payment -> payment.id().toString())
        .map(PaymentView::of);
  }

  @GetMapping("/api/payments/{id}")
  public PaymentView get(@PathVariable UUID id, RequestContext request) {
    Payment payment = transactions.snapshot(tx -> payments.find(List.of(id), tx)).get(id);
    if (payment == null || !mayRead(payer(request.caller()), payment)) {
      throw Problem.notFound("payment", id);
    }
    return PaymentView.of(payment);
  }

  @PutMapping("/api/payments/{id}/status")
  public ResponseEntity<?> settle(
      @PathVariable UUID id, @RequestBody SettleRequest body, RequestContext request) {
    var errors = new InputErrors();
    PaymentProvider.Answer answer =
        errors.required("/status", body.status(), said -> byHand(said, id));
    errors.throwIfAny();
    return commands.execute(
        request,
        tx ->
            switch (settlePayment.byHand(id, requireNonNull(answer), request.cause(), tx)) {
              case SettlePayment.Outcome.Settled(var payment) -> Answer.ok(PaymentView.of(payment));
              case SettlePayment.Outcome.Unknown() -> throw Problem.notFound("payment", id);
              case SettlePayment.Outcome.Refused(var standing) ->
                  throw paymentState(
                      "the payment %s is %s and does not wait to be settled"
                          .formatted(id, standing));
              case SettlePayment.Outcome.Repeated() ->
                  throw new IllegalStateException("only webhooks are told apart");
            });
  }

  @PostMapping("/api/payments/{id}/refund")
  public ResponseEntity<?> refund(
      @PathVariable UUID id,
      @RequestBody(required = false) @Nullable RefundRequest body,
      RequestContext request) {
    Money amount = body == null ? null : body.amount();
    String reason = body == null ? null : body.reason();
    var errors = new InputErrors();
    if (amount != null && amount.isZero()) {
      errors.add("/amount", "must be more than 0, was " + amount);
    }
    if (reason != null && reason.length() > Refund.MAX_REASON_LENGTH) {
      errors.add(
          "/reason",
          "must have at most %d characters, had %d"
              .formatted(Refund.MAX_REASON_LENGTH, reason.length()));
    }
    errors.throwIfAny();
    return commands.execute(
        request,
        tx ->
            switch (refundPayment.refund(
                new RefundPayment.Request(id, amount, reason), request.cause(), tx)) {
              case RefundPayment.Outcome.Promised(var payment) ->
                  Answer.accepted(PaymentView.of(payment));
              case RefundPayment.Outcome.Unknown() -> throw Problem.notFound("payment", id);
              case RefundPayment.Outcome.OtherCurrency(var currency) ->
                  throw refundRefused("the payment %s is in %s".formatted(id, currency));
              case RefundPayment.Outcome.Refused(var why) -> throw refused(id, why);
            });
  }

  /** Orders take a moment to get here; who asks for a fresh one is not told that there is none. */
  private void awaitOrder(UUID orderId) {
    long until = System.nanoTime() + NEWS.toNanos();
    while (!transactions.snapshot(tx -> processPayment.knows(orderId, tx))) {
      Duration left = Duration.ofNanos(until - System.nanoTime());
      if (!left.isPositive() || !awaitNews.test(left)) {
        return;
      }
      try {
        Thread.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static Problem refused(UUID id, Owing why) {
    return switch (why) {
      case Owing.TooMuch(var left) ->
          refundRefused("%s are left of the payment %s".formatted(left, id));
      case Owing.NothingLeft() ->
          paymentState("nothing is left of the payment %s to give back".formatted(id));
      case Owing.NotPaid(var status) ->
          paymentState("the payment %s is %s: no money was taken".formatted(id, status));
      case Owing.Owed(var amount) ->
          throw new IllegalStateException("a promise of %s is no refusal".formatted(amount));
    };
  }

  private static Problem refundRefused(String detail) {
    return Problem.impossible("refund-impossible", "The refund is not possible", detail);
  }

  private static Problem paymentState(String detail) {
    return Problem.conflict("payment-state", "The payment's state does not allow it", detail);
  }

  private static PaymentProvider.Answer byHand(String status, UUID id) {
    return switch (status) {
      // There is no transaction of the provider's to name.
      case "SUCCEEDED" -> new PaymentProvider.Approved("manual_" + id);
      case "FAILED" -> new PaymentProvider.Declined("settled_as_failed");
      default -> throw new IllegalArgumentException("status must be SUCCEEDED or FAILED");
    };
  }

  private static PaymentStatus status(String name) {
    for (PaymentStatus status : PaymentStatus.values()) {
      if (status.name().equals(name)) {
        return status;
      }
    }
    throw Problem.invalid("?status", "must be one of " + Arrays.toString(PaymentStatus.values()));
  }

  /** Whom the caller pays for; null for staff, who act for anybody. */
  private static @Nullable UUID payer(Caller caller) {
    if (caller.isStaff()) {
      return null;
    }
    if (caller.customerId() == null) {
      throw Problem.forbidden("this login belongs to no customer");
    }
    return caller.customerId();
  }

  private static boolean mayRead(@Nullable UUID payer, Payment payment) {
    return payer == null || payer.equals(payment.terms().customerId());
  }
}
