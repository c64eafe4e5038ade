package dev.reserva.financial.adapters.psp;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the simulator does with a charge, by its token. */
sealed interface Behaviour {

  /** {@code tok_approve}, or no token. */
  record Approve() implements Behaviour {}

  /** {@code tok_decline}. */
  record Decline() implements Behaviour {}

  /** {@code tok_pending}: waits for the webhook or an operator. */
  record Pend() implements Behaviour {}

  /** {@code tok_timeout}: never answers. */
  record StaySilent() implements Behaviour {}

  /** {@code tok_flaky_N}: fails N times before it approves. */
  record FailFirst(int times) implements Behaviour {}

  /** {@code tok_slow_MS}: takes the money at once and says so MS milliseconds later. */
  record ApproveSlowly(Duration pause) implements Behaviour {}

  /** Any other token. */
  record Reject() implements Behaviour {}

  Pattern NUMBERED = Pattern.compile("tok_(flaky|slow)_([0-9]{1,6})");

  static Behaviour of(@Nullable String token) {
    return switch (token) {
      case null -> new Approve();
      case "tok_approve" -> new Approve();
      case "tok_decline" -> new Decline();
      case "tok_pending" -> new Pend();
      case "tok_timeout" -> new StaySilent();
      default -> numbered(NUMBERED.matcher(token));
    };
  }

  private static Behaviour numbered(Matcher token) {
    if (!token.matches()) {
      return new Reject();
    }
    int number = Integer.parseInt(token.group(2));
    return token.group(1).equals("flaky")
        ? new FailFirst(number)
        : new ApproveSlowly(Duration.ofMillis(number));
  }
}
