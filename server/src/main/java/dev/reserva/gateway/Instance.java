package dev.reserva.gateway;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.HttpHost;

/** A process that runs a service, and the circuit breaker that keeps requests from it. */
final class Instance {

  /** An instance that is restarted is found again within this. */
  static final Duration OPEN = Duration.ofSeconds(1);

  /**
   * Half of the last 20 requests got no answer. Fewer than 5 say nothing. Answers such as 503 are
   * no failures: the instance lives, and says itself when to come again.
   */
  private static final CircuitBreakerConfig CONFIG =
      CircuitBreakerConfig.custom()
          .slidingWindow(20, 5, SlidingWindowType.COUNT_BASED)
          .failureRateThreshold(50)
          .waitDurationInOpenState(OPEN)
          .permittedNumberOfCallsInHalfOpenState(3)
          .maxWaitDurationInHalfOpenState(Duration.ofSeconds(5))
          .build();

  private final URI url;
  private final HttpHost host;
  private final CircuitBreaker breaker;

  Instance(URI url) {
    this.url = url;
    this.host = new HttpHost(url.getScheme(), url.getHost(), portOf(url));
    this.breaker = CircuitBreaker.of(url.toString(), CONFIG);
  }

  private static int portOf(URI url) {
    return url.getPort() >= 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
  }

  URI url() {
    return url;
  }

  HttpHost host() {
    return host;
  }

  /** {@code host:port}, as metrics name it. */
  String name() {
    return host.toHostString();
  }

  /** Whether it may be asked now. Each permission ends with one of the next three methods. */
  boolean tryAcquire() {
    return breaker.tryAcquirePermission();
  }

  void answered(long nanos) {
    breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
  }

  void failed(long nanos, Exception e) {
    breaker.onError(nanos, TimeUnit.NANOSECONDS, e);
  }

  /** The request ended for a reason that says nothing about the instance. */
  void released() {
    breaker.releasePermission();
  }

  CircuitBreaker breaker() {
    return breaker;
  }

  boolean isOpen() {
    return breaker.getState() == CircuitBreaker.State.OPEN;
  }
}
