package dev.reserva.gateway;

/**
 * Which request is sent again after a failure.
 *
 * <ul>
 *   <li>A request that no instance has seen goes to another instance, whatever its method.
 *   <li>A request whose connection broke is sent again, at most {@value #MOST_RETRIES} times, if it
 *       has the same effect however often it is carried out.
 *   <li>After a time-out nothing is sent again: the instance may still be at work on it.
 * </ul>
 */
final class RetryRules {

  static final int MOST_RETRIES = 2;

  private RetryRules() {}

  /** What follows a failure. */
  enum Next {
    /** No instance that failed before is asked. */
    ANOTHER_INSTANCE,
    /** The same instance is asked if there is no other. */
    ANY_INSTANCE,
    GIVE_UP
  }

  /**
   * @param repeatable whether the request has the same effect however often it is carried out, and
   *     its body can be sent again
   * @param retries how often it was sent again after a broken connection
   */
  static Next after(Failure failure, boolean repeatable, int retries) {
    return switch (failure) {
      case NOT_CONNECTED, FULL -> Next.ANOTHER_INSTANCE;
      case BROKEN -> repeatable && retries < MOST_RETRIES ? Next.ANY_INSTANCE : Next.GIVE_UP;
      case TIMED_OUT -> Next.GIVE_UP;
    };
  }

  /** Whether a request has the same effect however often it is carried out. */
  static boolean isIdempotent(String method, boolean hasKey) {
    return switch (method) {
      case "GET", "HEAD", "OPTIONS", "PUT", "DELETE" -> true;
      case "POST" -> hasKey;
      default -> false;
    };
  }

  /** Whether a request changes nothing. */
  static boolean isSafe(String method) {
    return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
  }
}
