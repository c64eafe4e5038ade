package dev.reserva.notifications.adapters.guard;

import dev.reserva.notifications.application.MessageSender;
import dev.reserva.notifications.domain.Channel;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A sender with a circuit breaker. When half of the last {@value #WINDOW} messages found the
 * provider unavailable, it is left alone for {@link #PAUSE}; then a few messages probe it.
 */
public final class GuardedSender implements MessageSender {

  private static final int WINDOW = 20;
  private static final int LEAST = 5;
  private static final int PROBES = 3;
  static final Duration PAUSE = Duration.ofSeconds(30);

  private final MessageSender sender;
  private final CircuitBreaker breaker;

  public GuardedSender(MessageSender sender) {
    this.sender = sender;
    this.breaker =
        CircuitBreaker.of(
            "notifications." + sender.channel().wire(),
            CircuitBreakerConfig.custom()
                .slidingWindowSize(WINDOW)
                .minimumNumberOfCalls(LEAST)
                .failureRateThreshold(50)
                .waitDurationInOpenState(PAUSE)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .automaticTransitionFromOpenToHalfOpenEnabled(true)
                .build());
  }

  @Override
  public Channel channel() {
    return sender.channel();
  }

  @Override
  public boolean isReady() {
    return sender.isReady()
        && breaker.getState() != CircuitBreaker.State.OPEN
        && breaker.getState() != CircuitBreaker.State.FORCED_OPEN;
  }

  @Override
  public List<Result> send(List<Outgoing> messages) {
    List<Result> results = sender.send(messages);
    for (Result result : results) {
      if (breaker.tryAcquirePermission()) {
        switch (result) {
          case Result.Unavailable(String reason) ->
              breaker.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException(reason));
          case Result.Accepted _, Result.Bounced _, Result.Rejected _ ->
              breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        }
      }
    }
    return results;
  }
}
