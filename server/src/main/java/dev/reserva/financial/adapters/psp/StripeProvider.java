package dev.reserva.financial.adapters.psp;

import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentIntentConfirmParams.PaymentMethodData;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import dev.reserva.financial.adapters.psp.StripeApi.Reply;
import dev.reserva.financial.application.PaymentProvider;
import dev.reserva.financial.domain.PaymentMethod;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stripe, by its PaymentIntents and Refunds.
 *
 * <ul>
 *   <li>A payment's intent is made without being confirmed, goes on record, and is confirmed then.
 *       Only the intent on record is confirmed, and Stripe takes the money of an intent once, so
 *       the money of a payment is taken once.
 *   <li>A declined intent could be paid by another card, so it is canceled before the payment is
 *       called declined.
 *   <li>The intent on record is asked for how a charge stands. Stripe's search is not: it shows an
 *       intent some time after it was made.
 * </ul>
 */
public final class StripeProvider implements PaymentProvider {

  /** What an intent's and a refund's metadata name the payment and the refund by. */
  static final String PAYMENT = "reserva_payment";

  static final String REFUND = "reserva_refund";

  /** Most refunds of a page of Stripe. */
  private static final long PAGE = 100;

  private final StripeIntents intents;
  private final StripeApi api;

  /**
   * @param url of Stripe's API
   * @param timeLimit of each request
   */
  public StripeProvider(StripeIntents intents, String url, String apiKey, Duration timeLimit) {
    this.intents = intents;
    this.api = new StripeApi(url, apiKey, timeLimit);
  }

  @Override
  public Answer charge(Charge charge) {
    if (charge.amount().isZero()) {
      return new Approved("nothing_to_charge"); // Stripe refuses to charge nothing
    }
    Optional<StripeIntents.Entry> before = intents.find(charge.key());
    if (before.isPresent()) {
      return switch (standing(before.get())) {
        case Answer answer -> answer;
        case Absent() -> confirm(before.get(), charge);
      };
    }
    if (charge.choice().token() == null && charge.choice().method() != PaymentMethod.PIX) {
      return refuse(charge, "payment_method_required");
    }
    return switch (api.once(
        charge.key() + "-create",
        (stripe, options) -> stripe.paymentIntents().create(creation(charge), options),
        Optional::empty)) {
      case Reply.Done<PaymentIntent>(var intent) ->
          confirm(intents.enter(charge.key(), intent.getId()), charge);
      case Reply.Rejected<PaymentIntent>(var code) -> refuse(charge, code);
      case Reply.Spent<PaymentIntent>() -> throw new Unavailable("Stripe made no intent");
    };
  }

  @Override
  public Standing inquire(UUID key) {
    return intents.find(key).map(this::standing).orElseGet(Absent::new);
  }

  @Override
  public Abandonment abandon(Charge charge) {
    String intent = intents.enter(charge.key(), null).intent();
    if (intent == null) {
      return new Abandoned();
    }
    return switch (cancel(intent, "voided")) {
      case Approved approved -> approved;
      case Declined _ -> new Abandoned();
      case Pending _ -> throw new Unavailable("Stripe cannot cancel the intent at present");
    };
  }

  @Override
  public Repayment refund(Repay repay) {
    String intent = intentOf(repay.charge());
    if (intent == null) {
      return new Refused("Stripe has taken no money of this payment");
    }
    Optional<Refund> before = find(repay, intent);
    if (before.isPresent()) {
      return outcome(before.get());
    }
    RefundCreateParams params =
        RefundCreateParams.builder()
            .setPaymentIntent(intent)
            .setAmount(StripeAmounts.of(repay.amount()))
            .setMetadata(Map.of(REFUND, repay.key().toString()))
            .build();
    return switch (api.once(
        repay.key() + "-refund",
        (stripe, options) -> stripe.refunds().create(params, options),
        () -> find(repay, intent))) {
      case Reply.Done<Refund>(var refund) -> outcome(refund);
      case Reply.Rejected<Refund>(var code) -> new Refused(code);
      case Reply.Spent<Refund>() -> throw new Unavailable("Stripe made no refund");
    };
  }

  /** Refuses a charge for which there is no intent, and sees to it that there will be none. */
  private Answer refuse(Charge charge, String code) {
    StripeIntents.Entry entry = intents.enter(charge.key(), null);
    return entry.intent() == null ? new Declined(code) : confirm(entry, charge);
  }

  private Answer confirm(StripeIntents.Entry entry, Charge charge) {
    String intent = entry.intent();
    if (intent == null) {
      return new Declined("voided");
    }
    return switch (api.once(
        charge.key() + "-confirm",
        (stripe, options) -> stripe.paymentIntents().confirm(intent, confirmation(charge), options),
        () -> Optional.of(retrieve(intent)).filter(StripeProvider::isDecided))) {
      case Reply.Done<PaymentIntent>(var confirmed) -> answer(StripeAnswers.of(confirmed));
      case Reply.Rejected<PaymentIntent>(var code) -> end(retrieve(intent), code);
      case Reply.Spent<PaymentIntent>() -> throw new Unavailable("Stripe confirmed no intent");
    };
  }

  private Standing standing(StripeIntents.Entry entry) {
    if (entry.intent() == null) {
      return new Declined("voided");
    }
    PaymentIntent intent = retrieve(entry.intent());
    String declined = StripeAnswers.declineOf(intent);
    return declined == null ? StripeAnswers.of(intent) : end(intent, declined);
  }

  /** Stripe has refused to take the money: nobody may pay the intent otherwise. */
  private Answer end(PaymentIntent intent, String reason) {
    return StripeAnswers.of(intent) instanceof Answer answer
        ? answer
        : cancel(intent.getId(), reason);
  }

  private Answer cancel(String intent, String reason) {
    return switch (api.ask((stripe, options) -> stripe.paymentIntents().cancel(intent, options))) {
      case Reply.Done<PaymentIntent> _ -> new Declined(StripeAnswers.brief(reason));
      case Reply.Rejected<PaymentIntent> _, Reply.Spent<PaymentIntent> _ ->
          // It is paid, or canceled before.
          answer(StripeAnswers.of(retrieve(intent)));
    };
  }

  private static Answer answer(Standing standing) {
    return switch (standing) {
      case Answer answer -> answer;
      case Absent() -> throw new Unavailable("Stripe has not decided about the intent");
    };
  }

  private static boolean isDecided(PaymentIntent intent) {
    return StripeAnswers.of(intent) instanceof Answer;
  }

  private PaymentIntent retrieve(String intent) {
    return switch (api.ask(
        (stripe, options) -> stripe.paymentIntents().retrieve(intent, options))) {
      case Reply.Done<PaymentIntent>(var found) -> found;
      case Reply.Rejected<PaymentIntent>(var code) ->
          throw new Unavailable("Stripe does not show the intent %s: %s".formatted(intent, code));
      case Reply.Spent<PaymentIntent>() -> throw new Unavailable("Stripe shows no intent");
    };
  }

  private @Nullable String intentOf(UUID charge) {
    StripeIntents.Entry entry = intents.find(charge).orElse(null);
    return entry == null ? null : entry.intent();
  }

  /** The refund of this key, if Stripe has made it. */
  private Optional<Refund> find(Repay repay, String intent) {
    RefundListParams params =
        RefundListParams.builder().setPaymentIntent(intent).setLimit(PAGE).build();
    Reply<Optional<Refund>> reply =
        api.ask((stripe, options) -> {
          for (Refund refund : stripe.refunds().list(params, options).autoPagingIterable()) {
            if (repay.key().toString().equals(refund.getMetadata().get(REFUND))) {
              return Optional.of(refund);
            }
          }
          return Optional.empty();
        });
    return switch (reply) {
      case Reply.Done<Optional<Refund>>(var found) -> found;
      case Reply.Rejected<Optional<Refund>> _, Reply.Spent<Optional<Refund>> _ ->
          throw new Unavailable("Stripe does not list the refunds of the intent " + intent);
    };
  }

  private static Repayment outcome(Refund refund) {
    return switch (refund.getStatus()) {
      case "succeeded" -> new Repaid();
      case "failed", "canceled" ->
          new Refused("Stripe's refund %s is %s".formatted(refund.getId(), refund.getStatus()));
      default -> throw new Unavailable("Stripe's refund %s is under way".formatted(refund.getId()));
    };
  }

  private static PaymentIntentCreateParams creation(Charge charge) {
    return PaymentIntentCreateParams.builder()
        .setAmount(StripeAmounts.of(charge.amount()))
        .setCurrency(charge.amount().currency().toLowerCase(Locale.ROOT))
        .addPaymentMethodType(type(charge.choice().method()))
        .putMetadata(PAYMENT, charge.key().toString())
        .build();
  }

  private static PaymentIntentConfirmParams confirmation(Charge charge) {
    PaymentIntentConfirmParams.Builder params = PaymentIntentConfirmParams.builder();
    String token = charge.choice().token();
    return token == null
        ? params
            .setPaymentMethodData(
                PaymentMethodData.builder().setType(PaymentMethodData.Type.PIX).build())
            .build()
        : params.setPaymentMethod(token).build();
  }

  private static String type(PaymentMethod method) {
    return switch (method) {
      case CREDIT_CARD, DEBIT_CARD -> "card";
      case PIX -> "pix";
      case BOLETO -> "boleto";
    };
  }
}
