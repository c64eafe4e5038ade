package dev.reserva.financial.adapters.psp;

import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.StripeError;
import com.stripe.net.RequestOptions;
import dev.reserva.financial.application.PaymentProvider.Unavailable;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Requests to Stripe's API, by its library, through a circuit breaker.
 *
 * <ul>
 *   <li>A request that Stripe refuses has an answer, {@link Reply.Rejected}. Everything else that
 *       goes wrong is {@link Unavailable}: the outcome is unknown.
 *   <li>Stripe keeps the first answer to an idempotency key for at least 24 hours, failures of its
 *       own included. A key that leads to such a failure is spent: its request is over, and the
 *       next key is used.
 * </ul>
 */
final class StripeApi {

  /** With fewer, an outage of some minutes could use them all up until Stripe forgets them. */
  private static final int MOST_KEYS = 20;

  private static final int SERVER_ERROR = 500;

  /**
   * Half of the last 20 requests got no answer. Fewer than 5 say nothing. A payment is tried again
   * within seconds, so a few of them find out whether Stripe is back.
   */
  private static final CircuitBreakerConfig BREAKER =
      CircuitBreakerConfig.custom()
          .slidingWindow(20, 5, SlidingWindowType.COUNT_BASED)
          .failureRateThreshold(50)
          .waitDurationInOpenState(Duration.ofSeconds(2))
          .permittedNumberOfCallsInHalfOpenState(3)
          .maxWaitDurationInHalfOpenState(Duration.ofSeconds(10))
          .build();

  private final StripeClient client;
  private final CircuitBreaker breaker;

  /**
   * @param timeLimit of each connection and each wait for an answer
   */
  StripeApi(String url, String apiKey, Duration timeLimit) {
    int millis = Math.toIntExact(timeLimit.toMillis());
    this.client =
        StripeClient.builder()
            .setApiKey(apiKey)
            .setApiBase(url)
            .setConnectTimeout(millis)
            .setReadTimeout(millis)
            .setMaxNetworkRetries(0) // the next attempt inquires first
            .build();
    this.breaker = CircuitBreaker.of("stripe", BREAKER);
  }

  /** One request. */
  @FunctionalInterface
  interface Request<T> {
    T send(StripeClient client, RequestOptions options) throws StripeException;
  }

  /** What Stripe answered. */
  sealed interface Reply<T> {
    record Done<T>(T value) implements Reply<T> {}

    /**
     * Refused: the same request is refused again.
     *
     * @param code Stripe's error code or, for a card, the decline code
     */
    record Rejected<T>(String code) implements Reply<T> {}

    /** The first request of this key failed inside Stripe, and every further one fails likewise. */
    record Spent<T>() implements Reply<T> {}
  }

  /** A request that has no effect, or has the same effect however often it is sent. */
  <T> Reply<T> ask(Request<T> request) {
    return send(request, RequestOptions.getDefault());
  }

  /**
   * A request that has its effect once.
   *
   * @param key of this effect; the numbers of its keys are appended
   * @param found looks for the effect of a key that is spent
   */
  <T> Reply<T> once(String key, Request<T> request, Supplier<Optional<T>> found) {
    for (int number = 0; number < MOST_KEYS; number++) {
      RequestOptions options =
          RequestOptions.builder().setIdempotencyKey(key + "-" + number).build();
      Reply<T> reply = send(request, options);
      if (!(reply instanceof Reply.Spent<T>())) {
        return reply;
      }
      Optional<T> effect = found.get();
      if (effect.isPresent()) {
        return new Reply.Done<>(effect.get());
      }
    }
    throw new Unavailable("Stripe has failed with %d keys of %s".formatted(MOST_KEYS, key));
  }

  private <T> Reply<T> send(Request<T> request, RequestOptions options) {
    if (!breaker.tryAcquirePermission()) {
      throw new Unavailable("Stripe is not asked while its circuit breaker is open");
    }
    long start = System.nanoTime();
    try {
      T value = request.send(client, options);
      succeeded(start);
      return new Reply.Done<>(value);
    } catch (CardException e) {
      succeeded(start);
      return new Reply.Rejected<>(
          e.getDeclineCode() == null ? codeOf(e) : Objects.requireNonNull(e.getDeclineCode()));
    } catch (IdempotencyException e) {
      succeeded(start);
      throw unavailable(e); // another request of this key is under way
    } catch (InvalidRequestException e) {
      succeeded(start);
      return new Reply.Rejected<>(codeOf(e));
    } catch (StripeException e) {
      if (isReplayed(e)) {
        succeeded(start); // an answer, although about a failure
        return new Reply.Spent<>();
      }
      if (e instanceof ApiConnectionException || statusOf(e) >= SERVER_ERROR) {
        failed(start, e);
      } else {
        succeeded(start); // Stripe lives, and refuses the key or asks for fewer requests
      }
      throw unavailable(e);
    } catch (RuntimeException e) {
      failed(start, e);
      throw e;
    }
  }

  private void succeeded(long start) {
    breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
  }

  private void failed(long start, Exception e) {
    breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, e);
  }

  private static boolean isReplayed(StripeException e) {
    StripeError error = e.getStripeError();
    return statusOf(e) >= SERVER_ERROR
        && error != null
        && error.getLastResponse() != null
        && error
            .getLastResponse()
            .headers()
            .firstValue("Idempotent-Replayed")
            .filter("true"::equals)
            .isPresent();
  }

  private static String codeOf(StripeException e) {
    return e.getCode() == null ? "invalid_request" : Objects.requireNonNull(e.getCode());
  }

  private static int statusOf(StripeException e) {
    return e.getStatusCode() == null ? 0 : Objects.requireNonNull(e.getStatusCode());
  }

  /** Without Stripe's text, which may repeat parameters of the request. */
  private static Unavailable unavailable(StripeException e) {
    return new Unavailable(
        "Stripe gave no answer: %s, status %d, request %s"
            .formatted(e.getClass().getSimpleName(), statusOf(e), e.getRequestId()));
  }
}
