package dev.reserva.platform.web;

import dev.reserva.contracts.CardNumbers;
import dev.reserva.platform.audit.SecurityAction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects the errors of a request while its parts are parsed into values that check themselves.
 * The caller gets all errors in one answer.
 *
 * <pre>{@code
 * var errors = new InputErrors();
 * var sku = errors.required("/sku", body.sku(), Sku::new);
 * var price = errors.required("/price", body.price());
 * errors.throwIfAny();
 * }</pre>
 */
public final class InputErrors {

  /** Most errors that are listed. It bounds the answer to a request with a million wrong lines. */
  private static final int MAX = 100;

  private final List<Problem.InputError> errors = new ArrayList<>();

  /** Where the first card number is; absent while there is none. */
  private @Nullable String cardNumberAt;

  public void add(String pointer, String message) {
    if (errors.size() < MAX) {
      errors.add(new Problem.InputError(pointer, message));
    }
  }

  /**
   * Runs a parser; an {@link IllegalArgumentException} becomes an error at the pointer, and the
   * answer null.
   */
  public <T> @Nullable T check(String pointer, Supplier<T> parser) {
    try {
      return parser.get();
    } catch (IllegalArgumentException e) {
      if (e instanceof CardNumbers.Found && cardNumberAt == null) {
        cardNumberAt = pointer;
      }
      add(pointer, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** A required value. */
  public <T> @Nullable T required(String pointer, @Nullable T value) {
    if (value == null) {
      add(pointer, "is required");
    }
    return value;
  }

  /** A required value, parsed. */
  public <T, R> @Nullable R required(
      String pointer, @Nullable T value, java.util.function.Function<T, R> parser) {
    return required(pointer, value) == null ? null : optional(pointer, value, parser);
  }

  /** An optional value, parsed if present. */
  public <T, R> @Nullable R optional(
      String pointer, @Nullable T value, java.util.function.Function<T, R> parser) {
    return value == null ? null : check(pointer, () -> parser.apply(value));
  }

  /** An optional query parameter, parsed if present. An empty one counts as absent. */
  public <R> @Nullable R parameter(
      String name, @Nullable String text, java.util.function.Function<String, R> parser) {
    return optional("?" + name, text == null || text.isBlank() ? null : text, parser);
  }

  public boolean any() {
    return !errors.isEmpty();
  }

  /**
   * @throws Problem 400 with all collected errors
   */
  public void throwIfAny() {
    if (any()) {
      Problem invalid = Problem.invalid(errors);
      throw cardNumberAt == null
          ? invalid
          : invalid.onRecord(SecurityAction.CARD_NUMBER_REFUSED, cardNumberAt);
    }
  }
}
