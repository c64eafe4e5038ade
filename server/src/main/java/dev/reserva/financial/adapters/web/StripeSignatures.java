package dev.reserva.financial.adapters.web;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * Verifies by Stripe's library that a webhook is Stripe's: the header {@code Stripe-Signature}
 * holds a time and at least one signature of the time and the body.
 */
public final class StripeSignatures {

  private final String secret;
  private final Clock clock;

  /**
   * @param secret of the webhook's endpoint, as Stripe shows it
   */
  public StripeSignatures(String secret, Clock clock) {
    this.secret = secret;
    this.clock = clock;
  }

  /** Whether Stripe has signed exactly this body, at most five minutes ago. */
  boolean isGenuine(String signature, byte[] body) {
    try {
      return Webhook.Signature.verifyHeader(
          new String(body, StandardCharsets.UTF_8),
          signature,
          secret,
          WebhookSignatures.TOLERANCE.toSeconds(),
          clock);
    } catch (SignatureVerificationException e) {
      return false;
    }
  }
}
