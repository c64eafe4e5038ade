package dev.reserva.financial.adapters.web;

import static java.util.Objects.requireNonNull;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.Text;
import dev.reserva.financial.adapters.web.PaymentView.RefundView;
import dev.reserva.financial.application.AwaitOrder;
import dev.reserva.financial.application.FindPayments;
import dev.reserva.financial.application.PaymentProvider;
import dev.reserva.financial.application.Payments;
import dev.reserva.financial.application.ProcessPayment;
import dev.reserva.financial.application.RefundPayment;
import dev.reserva.financial.application.SettlePayment;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentChoice;
import dev.reserva.financial.domain.PaymentMethod;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.Refund;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.openapi.RefusesWhileCatchingUp;
import dev.reserva.platform.privacy.PaymentTokens;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.Problems;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
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
@Tag(name = "payments", description = "Payments, refunds, and what the provider reports.")
@RestController
public final class PaymentsController {

  private final AwaitOrder awaitOrder;
  private final ProcessPayment processPayment;
  private final SettlePayment settlePayment;
  private final RefundPayment refundPayment;
  private final FindPayments findPayments;
  private final Transactions transactions;
  private final Commands commands;
  private final PaymentTokens tokens;

  public PaymentsController(
      AwaitOrder awaitOrder,
      ProcessPayment processPayment,
      SettlePayment settlePayment,
      RefundPayment refundPayment,
      FindPayments findPayments,
      Transactions transactions,
      Commands commands,
      PaymentTokens tokens) {
    this.awaitOrder = awaitOrder;
    this.processPayment = processPayment;
    this.settlePayment = settlePayment;
    this.refundPayment = refundPayment;
    this.findPayments = findPayments;
    this.transactions = transactions;
    this.commands = commands;
    this.tokens = tokens;
  }

  record ProcessRequest(
      @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable UUID orderId,
      @Schema(requiredMode = RequiredMode.REQUIRED, implementation = PaymentMethod.class)
          @Nullable String method,
      @Schema(minLength = 1, maxLength = PaymentChoice.MAX_TOKEN_LENGTH) @Nullable String token) {}

  record SettleRequest(
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              allowableValues = {"SUCCEEDED", "FAILED"})
          @Nullable String status) {}

  record RefundRequest(
      @Nullable Money amount,
      @Schema(maxLength = Refund.MAX_REASON_LENGTH, example = "damaged") @Nullable String reason) {}

  @Operation(summary = "Ask for the payment of an order")
  @Answers(status = 202, body = PaymentView.class)
  @Refuses(status = 404, type = "not-found", when = "no such order waits for payment")
  @Refuses(status = 409, type = "order-state", when = "the order is cancelled, or paid")
  @Refuses(status = 409, type = "payment-state", when = "the payment's state does not allow it")
  @RefusesWhileCatchingUp
  @PostMapping("/api/payments/process")
  public ResponseEntity<?> process(@RequestBody ProcessRequest body, RequestContext request) {
    var errors = new InputErrors();
    UUID orderId = errors.required("/orderId", body.orderId());
    PaymentMethod method = errors.required("/method", body.method(), PaymentMethod::parse);
    String token = errors.optional("/token", body.token(), PaymentChoice::checkedToken);
    errors.throwIfAny();
    var asked =
        new ProcessPayment.Request(
            requireNonNull(orderId),
            new PaymentChoice(requireNonNull(method), tokens.seal(token)),
            payer(request.caller()));
    boolean caughtUp = awaitOrder.await(asked.orderId(), asked.payer());
    return commands.execute(
        request,
        tx ->
            switch (processPayment.process(asked, request.cause(), tx)) {
              case ProcessPayment.Outcome.UnderWay(var payment) ->
                  Answer.accepted(PaymentView.of(payment))
                      .recorded(
                          "financial.payment.process",
                          payment.id(),
                          Changes.now("orderId", asked.orderId())
                              .and("method", null, payment.terms().choice().method().wire())
                              .and("amount", null, payment.terms().amount()));
              case ProcessPayment.Refusal.Unknown() when !caughtUp ->
                  throw Problems.catchingUp("the order");
              case ProcessPayment.Refusal refusal ->
                  throw PaymentProblems.of(asked.orderId(), refusal);
            });
  }

  @Operation(summary = "List payments", description = "A customer lists those of one order.")
  @Input(name = "orderId", what = "Only payments of this order.")
  @Input(name = "status", type = PaymentStatus.class, what = "Only payments in this status.")
  @GetMapping("/api/payments")
  public Page<PaymentView> list(
      @RequestParam(required = false) @Nullable UUID orderId,
      @RequestParam(required = false) @Nullable String status,
      PageRequest page,
      RequestContext request) {
    var errors = new InputErrors();
    PaymentStatus wanted = errors.parameter("status", status, PaymentStatus::parse);
    errors.throwIfAny();
    UUID payer = payer(request.caller());
    if (payer != null && orderId == null) {
      throw Problem.forbidden(
          "a customer lists the payments of one order, such as ?orderId=01978a3e-7c55-7d61-9a0c-3f2b8e4d5a10");
    }
    var filter = new Payments.Filter(orderId, wanted, payer);
    UUID before = page.before();
    List<Payment> found =
        transactions.snapshot(tx -> findPayments.list(filter, before, page.limit() + 1, tx));
    return Page.of(found, page, payment -> payment.id().toString()).map(PaymentView::of);
  }

  @Operation(summary = "Get a payment")
  @GetMapping("/api/payments/{id}")
  public PaymentView get(@PathVariable UUID id, RequestContext request) {
    UUID payer = payer(request.caller());
    return transactions
        .snapshot(tx -> findPayments.one(id, payer, tx))
        .map(PaymentView::of)
        .orElseThrow(() -> PaymentProblems.noSuchPayment(id));
  }

  @Operation(
      summary = "Settle a waiting payment",
      description = "For methods whose outcome a person reports, such as boleto.")
  @Answers(body = PaymentView.class)
  @Refuses(status = 409, type = "payment-state", when = "the payment's state does not allow it")
  @PutMapping("/api/payments/{id}/status")
  public ResponseEntity<?> settle(
      @PathVariable UUID id, @RequestBody SettleRequest body, RequestContext request) {
    var errors = new InputErrors();
    PaymentProvider.Decision decision =
        errors.required("/status", body.status(), status -> byHand(status, id));
    errors.throwIfAny();
    return commands.execute(
        request,
        tx ->
            switch (settlePayment.byHand(id, requireNonNull(decision), request.cause(), tx)) {
              case SettlePayment.Outcome.Settled(var payment, var before) ->
                  Answer.ok(PaymentView.of(payment))
                      .recorded(
                          "financial.payment.settle",
                          id,
                          Changes.of("status", before, payment.status()));
              case SettlePayment.Outcome.Unknown() -> throw PaymentProblems.noSuchPayment(id);
              case SettlePayment.Outcome.Refused(var now) ->
                  throw PaymentProblems.notToBeSettled(id, now);
              case SettlePayment.Outcome.OtherAmount(var amount) ->
                  throw PaymentProblems.ofAnotherAmount(id, amount);
            });
  }

  @Operation(
      summary = "Refund a payment",
      description = "Without an amount, all that is left of it.")
  @Answers(status = 202, body = RefundView.class)
  @Refuses(status = 409, type = "payment-state", when = "the payment's state does not allow it")
  @Refuses(
      status = 422,
      type = "refund-impossible",
      when = "the amount is more than is left, or in another currency")
  @PostMapping("/api/payments/{id}/refund")
  public ResponseEntity<?> refund(
      @PathVariable UUID id,
      @RequestBody(required = false) @Nullable RefundRequest body,
      RequestContext request) {
    Money amount = body == null ? null : body.amount();
    var errors = new InputErrors();
    String reason = errors.optional("/reason", body == null ? null : body.reason(), Refund::reason);
    if (amount != null && amount.isZero()) {
      errors.add("/amount", "must be more than 0, was " + amount);
    }
    errors.throwIfAny();
    var asked = new RefundPayment.Request(id, amount, reason);
    return commands.execute(
        request,
        tx ->
            switch (refundPayment.refund(asked, request.cause(), tx)) {
              case RefundPayment.Outcome.Promised(var refund, var leftBefore, var left) ->
                  Answer.accepted(RefundView.of(refund))
                      .recorded(
                          "financial.payment.refund",
                          id,
                          Changes.now("refundId", refund.id())
                              .and("amount", null, refund.amount())
                              .and("left", leftBefore, left));
              case RefundPayment.Refusal refusal -> throw PaymentProblems.of(id, refusal);
            });
  }

  private static PaymentProvider.Decision byHand(String status, UUID id) {
    return switch (status) {
      // The provider has no transaction to name.
      case "SUCCEEDED" -> new PaymentProvider.Approved("manual_" + id);
      case "FAILED" -> new PaymentProvider.Declined("settled_as_failed");
      default ->
          throw new IllegalArgumentException(
              "status must be SUCCEEDED or FAILED, was \"%s\"".formatted(Text.excerpt(status)));
    };
  }

  /** The customer that the caller pays for; null for staff, who act for anybody. */
  private static @Nullable UUID payer(Caller caller) {
    if (caller.isStaff()) {
      return null;
    }
    if (caller.customerId() == null) {
      throw Problem.forbidden("this login belongs to no customer");
    }
    return caller.customerId();
  }
}
