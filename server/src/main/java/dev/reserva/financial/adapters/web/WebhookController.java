package dev.reserva.financial.adapters.web;

import static java.util.Objects.requireNonNull;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.Text;
import dev.reserva.financial.application.PaymentProvider;
import dev.reserva.financial.application.PaymentProvider.Approved;
import dev.reserva.financial.application.PaymentProvider.Declined;
import dev.reserva.financial.application.SettlePayment;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.audit.SecurityEvent;
import dev.reserva.platform.json.NotFreeText;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.openapi.Reads;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code POST /api/payments/webhook}: the provider says how a payment ended. The route needs no
 * token, the signature is the proof. A {@code webhook-id} takes effect once; a repetition is
 * answered 204 as well.
 */
@Tag(name = "payments", description = "Payments, refunds, and what the provider reports.")
@RestController
public final class WebhookController {

  private static final int MAX_ID_LENGTH = 255;

  private final SettlePayment settlePayment;
  private final ReviewedWebhooks reviewed;
  private final WebhookSignatures signatures;
  private final Commands commands;
  private final AuditTrail trail;

  /** Providers add members to their webhooks, so unknown members are ignored. */
  private final ObjectReader webhooks;

  public WebhookController(
      SettlePayment settlePayment,
      ReviewedWebhooks reviewed,
      WebhookSignatures signatures,
      Commands commands,
      AuditTrail trail,
      JsonMapper json) {
    this.settlePayment = settlePayment;
    this.reviewed = reviewed;
    this.signatures = signatures;
    this.commands = commands;
    this.trail = trail;
    this.webhooks =
        json.readerFor(WebhookRequest.class)
            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  record WebhookRequest(
      @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable UUID paymentId,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              allowableValues = {"SUCCEEDED", "FAILED"})
          @Nullable String status,
      @Schema(description = "Refused if the payment is of another amount.") @Nullable Money amount,
      @NotFreeText @Nullable String transactionId,
      @NotFreeText @Nullable String failure) {}

  @Operation(
      summary = "Report how a payment ended",
      description =
          "For the payment provider: the signature of the Standard Webhooks scheme is the proof. The same `webhook-id` takes effect once.")
  @Reads(value = WebhookRequest.class, unknownMembers = true)
  @Answers(status = 204)
  @Input(name = "webhook-id", what = "Identifies the message.")
  @Input(name = "webhook-timestamp", what = "When it was sent, in seconds since 1970.")
  @Input(name = "webhook-signature", what = "Of the id, the timestamp and the body.")
  @Refuses(
      status = 401,
      type = "invalid-signature",
      when = "the signature does not prove that the provider sent it")
  @Refuses(status = 404, type = "not-found", when = "there is no such payment")
  @Refuses(status = 409, type = "payment-state", when = "the payment's state does not allow it")
  @PostMapping(path = "/api/payments/webhook", consumes = MediaType.APPLICATION_JSON_VALUE)
  public ResponseEntity<?> receive(
      @RequestHeader(name = "webhook-id", required = false) @Nullable String id,
      @RequestHeader(name = "webhook-timestamp", required = false) @Nullable String timestamp,
      @RequestHeader(name = "webhook-signature", required = false) @Nullable String signature,
      @RequestBody(required = false) byte @Nullable [] body,
      RequestContext request) {
    if (id == null
        || id.isEmpty()
        || id.length() > MAX_ID_LENGTH
        || timestamp == null
        || signature == null
        || body == null
        || !signatures.isGenuine(id, timestamp, signature, body)) {
      trail.security(
          SecurityEvent.of(
              SecurityAction.WEBHOOK_SIGNATURE_REFUSED, request.actor(), request.cause()));
      throw new Problem(
          401,
          "invalid-signature",
          "The signature is not valid",
          "webhook-id, webhook-timestamp and webhook-signature must prove that the provider signed"
              + " this body within the last five minutes");
    }
    WebhookRequest webhook = parse(body);
    var errors = new InputErrors();
    UUID paymentId = errors.required("/paymentId", webhook.paymentId());
    PaymentProvider.Decision decision = decision(webhook, errors);
    errors.throwIfAny();
    var report =
        new SettlePayment.Report(
            id, requireNonNull(paymentId), requireNonNull(decision), webhook.amount());
    return reviewed.execute(refusals ->
        commands.execute(
            request,
            tx -> {
              refusals.take(report, settlePayment.byWebhook(report, request.cause(), tx));
              return Answer.noContent();
            }));
  }

  private WebhookRequest parse(byte[] body) {
    try {
      WebhookRequest webhook = webhooks.readValue(body);
      if (webhook == null) {
        throw unreadable();
      }
      return webhook;
    } catch (JacksonException e) {
      throw unreadable();
    }
  }

  private static Problem unreadable() {
    return Problem.invalid(
        "",
        "must be an object like {\"paymentId\":\"01978a3e-7c55-7d61-9a0c-3f2b8e4d5a10\","
            + "\"status\":\"SUCCEEDED\",\"transactionId\":\"psp-7\"} or with"
            + " \"status\":\"FAILED\",\"failure\":\"declined\"");
  }

  private static PaymentProvider.@Nullable Decision decision(
      WebhookRequest webhook, InputErrors errors) {
    String status = errors.required("/status", webhook.status());
    String transactionId = webhook.transactionId();
    String failure = webhook.failure();
    return switch (status) {
      case null -> null;
      case "SUCCEEDED" ->
          errors.check(
              "/transactionId",
              () ->
                  new Approved(
                      transactionId == null
                          ? SettlePayment.unnamed(requireNonNull(webhook.paymentId()))
                          : transactionId));
      case "FAILED" ->
          errors.check("/failure", () -> new Declined(failure == null ? "declined" : failure));
      default -> {
        errors.add(
            "/status", "must be SUCCEEDED or FAILED, was \"%s\"".formatted(Text.excerpt(status)));
        yield null;
      }
    };
  }
}
