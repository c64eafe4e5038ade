package dev.reserva.operations.adapters.web;

/**
 * A short text that somebody wrote: a reason, or what to look for.
 *
 * @param value 1..500 characters, no control characters, not only blanks
 */
record Words(String value) {

  private static final int MAX_LENGTH = 500;

  Words {
    if (value.isBlank() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "must have 1..%d characters, had %d".formatted(MAX_LENGTH, value.strip().length()));
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("must have no control characters");
    }
  }
}
