package dev.reserva.financial.adapters.psp;

import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentIntent.NextAction;
import com.stripe.model.StripeError;
import dev.reserva.financial.application.PaymentProvider.Absent;
import dev.reserva.financial.application.PaymentProvider.Approved;
import dev.reserva.financial.application.PaymentProvider.Declined;
import dev.reserva.financial.application.PaymentProvider.Pending;
import dev.reserva.financial.application.PaymentProvider.Standing;
import dev.reserva.financial.domain.Instructions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an intent of Stripe means for its payment. */
final class StripeAnswers {

  private StripeAnswers() {}

  /** An intent that is neither paid nor canceled nor waits for the buyer can still be confirmed. */
  static Standing of(PaymentIntent intent) {
    return switch (intent.getStatus()) {
      case "succeeded" -> new Approved(intent.getId());
      case "canceled" -> {
        String reason = errorOf(intent);
        yield new Declined(reason == null ? "voided" : reason);
      }
      case "requires_action", "processing" -> new Pending(instructions(intent.getNextAction()));
      default -> new Absent();
    };
  }

  /** Why Stripe did not take the money of an intent that can still be paid otherwise. */
  static @Nullable String declineOf(PaymentIntent intent) {
    return intent.getStatus().equals("requires_payment_method") ? errorOf(intent) : null;
  }

  /** At most as long as a reason may be. */
  static String brief(String reason) {
    return reason.substring(0, Math.min(reason.length(), Declined.MAX_LENGTH));
  }

  private static @Nullable String errorOf(PaymentIntent intent) {
    StripeError error = intent.getLastPaymentError();
    if (error == null) {
      return null;
    }
    String code = error.getDeclineCode() == null ? error.getCode() : error.getDeclineCode();
    return brief(code == null ? "declined" : code);
  }

  private static Instructions instructions(@Nullable NextAction next) {
    if (next == null) {
      return Instructions.NONE;
    }
    NextAction.PixDisplayQrCode pix = next.getPixDisplayQrCode();
    if (pix != null) {
      return new Instructions(pix.getData(), instant(pix.getExpiresAt()));
    }
    NextAction.BoletoDisplayDetails boleto = next.getBoletoDisplayDetails();
    return boleto == null
        ? Instructions.NONE
        : new Instructions(boleto.getNumber(), instant(boleto.getExpiresAt()));
  }

  private static @Nullable Instant instant(@Nullable Long seconds) {
    return seconds == null ? null : Instant.ofEpochSecond(seconds);
  }
}
