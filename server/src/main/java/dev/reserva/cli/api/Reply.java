package dev.reserva.cli.api;

/** What a call came to. */
public sealed interface Reply<T> {

  /** HTTP status. */
  int status();

  /**
   * @param replayed whether it is the answer to an earlier request with the same idempotency key
   */
  record Done<T>(int status, T value, boolean replayed) implements Reply<T> {}

  /**
   * @param problem the last part of the problem's type, such as {@code insufficient-stock}; empty
   *     if the server gave none
   */
  record Refused<T>(int status, String problem, String detail) implements Reply<T> {}

  /**
   * The value.
   *
   * @throws UnexpectedReply if the call was refused
   */
  default T value(String wanted) {
    return switch (this) {
      case Done<T>(int _, T value, boolean _) -> value;
      case Refused<T>(int status, String problem, String detail) ->
          throw new UnexpectedReply(
              "%s was refused: %d %s %s".formatted(wanted, status, problem, detail).strip());
    };
  }
}
