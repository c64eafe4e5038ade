package dev.reserva.financial.domain;

import dev.reserva.contracts.Text;

/** What became of a review. */
public enum ReviewDecision {
  /** The provider is asked again at once. */
  RETRY,
  /** A person has given the money back by another way: the books say so, and nobody asks again. */
  SETTLED_OUTSIDE,
  /** A person has looked at it. The books stay as they are. */
  ACCEPT,
  /** It is over without a person: the provider has given the money back after all. */
  RESOLVED;

  /**
   * A decision as a person names it.
   *
   * @throws IllegalArgumentException when a person cannot decide so
   */
  public static ReviewDecision parse(String name) {
    return switch (name) {
      case "RETRY" -> RETRY;
      case "SETTLED_OUTSIDE" -> SETTLED_OUTSIDE;
      case "ACCEPT" -> ACCEPT;
      default ->
          throw new IllegalArgumentException(
              "must be one of RETRY, SETTLED_OUTSIDE, ACCEPT, was \"%s\""
                  .formatted(Text.excerpt(name)));
    };
  }
}
