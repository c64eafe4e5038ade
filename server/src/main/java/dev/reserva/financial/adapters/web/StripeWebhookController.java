package dev.reserva.financial.adapters.web;

import dev.reserva.financial.application.PaymentProvider.Approved;
import dev.reserva.financial.application.ProviderReferences;
import dev.reserva.financial.application.SettlePayment;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.audit.SecurityEvent;
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
import java.util.Objects;
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
 * {@code POST /api/payments/webhook} when Stripe is the provider. The signature is the proof.
 *
 * <ul>
 *   <li>{@code payment_intent.succeeded} settles the payment: Stripe never takes that back.
 *   <li>Any other event of an intent makes Stripe be asked at once. Events arrive in any order, so
 *       what one says of an intent that is not paid may be outdated.
 *   <li>Events of other objects, and of intents that are none of a payment here, change nothing.
 * </ul>
 */
@Tag(name = "payments", description = "Payments, refunds, and what the provider reports.")
@RestController
public final class StripeWebhookController {

  private static final int MAX_LENGTH = 255;

  private static final String OF_INTENTS = "payment_intent.";
  private static final String SUCCEEDED = OF_INTENTS + "succeeded";

  private final SettlePayment settlePayment;
  private final ReviewedWebhooks reviewed;
  private final ProviderReferences references;
  private final StripeSignatures signatures;
  private final Commands commands;
  private final AuditTrail trail;

  /** Stripe adds members to its events, so unknown members are ignored. */
  private final ObjectReader events;

  public StripeWebhookController(
      SettlePayment settlePayment,
      ReviewedWebhooks reviewed,
      ProviderReferences references,
      StripeSignatures signatures,
      Commands commands,
      AuditTrail trail,
      JsonMapper json) {
    this.settlePayment = settlePayment;
    this.reviewed = reviewed;
    this.references = references;
    this.signatures = signatures;
    this.commands = commands;
    this.trail = trail;
    this.events =
        json.readerFor(StripeEvent.class)
            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  record StripeEvent(
      @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable String id,
      @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable String type,
      @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable StripeData data) {}

  record StripeData(@Schema(requiredMode = RequiredMode.REQUIRED) @Nullable StripeObject object) {}

  record StripeObject(@Nullable String id) {}

  @Operation(
      summary = "Report what became of a payment",
      description =
          "For Stripe: `Stripe-Signature` is the proof. The same event takes effect once.")
  @Reads(value = StripeEvent.class, unknownMembers = true)
  @Answers(status = 204)
  @Input(name = "Stripe-Signature", what = "Of the time and the body.")
  @Refuses(
      status = 401,
      type = "invalid-signature",
      when = "the signature does not prove that Stripe sent it")
  @Refuses(status = 409, type = "payment-state", when = "the payment's state does not allow it")
  @PostMapping(path = "/api/payments/webhook", consumes = MediaType.APPLICATION_JSON_VALUE)
  public ResponseEntity<?> receive(
      @RequestHeader(name = "Stripe-Signature", required = false) @Nullable String signature,
      @RequestBody(required = false) byte @Nullable [] body,
      RequestContext request) {
    if (signature == null || body == null || !signatures.isGenuine(signature, body)) {
      trail.security(
          SecurityEvent.of(
              SecurityAction.WEBHOOK_SIGNATURE_REFUSED, request.actor(), request.cause()));
      throw new Problem(
          401,
          "invalid-signature",
          "The signature is not valid",
          "Stripe-Signature must prove that Stripe signed this body within the last five minutes");
    }
    StripeEvent event = parse(body);
    var errors = new InputErrors();
    String id = errors.required("/id", event.id());
    String type = errors.required("/type", event.type());
    if (id != null && (id.isEmpty() || id.length() > MAX_LENGTH)) {
      errors.add("/id", "must have 1..%d characters".formatted(MAX_LENGTH));
    }
    errors.throwIfAny();
    String object = objectOf(event);
    return reviewed.execute(refusals ->
        commands.execute(
            request,
            tx -> {
              if (object != null && Objects.requireNonNull(type).startsWith(OF_INTENTS)) {
                references
                    .paymentOf(object, tx)
                    .ifPresent(payment ->
                        take(
                            refusals,
                            Objects.requireNonNull(id),
                            type,
                            object,
                            payment,
                            request,
                            tx));
              }
              return Answer.noContent();
            }));
  }

  private void take(
      ReviewedWebhooks.Refusals refusals,
      String id,
      String type,
      String intent,
      UUID payment,
      RequestContext request,
      UnitOfWork tx) {
    if (!type.equals(SUCCEEDED)) {
      settlePayment.inquireByWebhook(id, payment, tx);
      return;
    }
    var report = new SettlePayment.Report(id, payment, new Approved(intent));
    refusals.take(report, settlePayment.byWebhook(report, request.cause(), tx));
  }

  private static @Nullable String objectOf(StripeEvent event) {
    StripeData data = event.data();
    StripeObject object = data == null ? null : data.object();
    return object == null ? null : object.id();
  }

  private StripeEvent parse(byte[] body) {
    try {
      StripeEvent event = events.readValue(body);
      if (event == null) {
        throw unreadable();
      }
      return event;
    } catch (JacksonException e) {
      throw unreadable();
    }
  }

  private static Problem unreadable() {
    return Problem.invalid(
        "",
        "must be an event of Stripe like {\"id\":\"evt_1\",\"type\":\"payment_intent.succeeded\","
            + "\"data\":{\"object\":{\"id\":\"pi_1\"}}}");
  }
}
