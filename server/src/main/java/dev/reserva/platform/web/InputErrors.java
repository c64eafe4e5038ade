package dev.reserva.platform.web;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects what is wrong with a request while its parts are parsed into values that check
 * themselves, so that the caller learns of all errors at once.
 *
 * <pre>{@code
 * var errors = new InputErrors();
 * var sku = errors.required("/sku", body.sku(), Sku::new);
 * var price = errors.required("/price", body.price());
 * errors.throwIfAny();
 * }</pre>
 */
public final class InputErrors {

  /** More are not listed: a request of a million wrong lines must not make an answer of as many. */
  private static final int MAX = 100;

  private final List<Problem.InputError> errors = new ArrayList<>();

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
      add(pointer, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** A value that must be there. */
  public <T> @Nullable T required(String pointer, @Nullable T value) {
    if (value == null) {
      add(pointer, "is required");
    }
    return value;
  }

  /** A value that must be there and is parsed. */
  public <T, R> @Nullable R required(
      String pointer, @Nullable T value, java.util.function.Function<T, R> parser) {
    return required(pointer, value) == null ? null : optional(pointer, value, parser);
  }

  /** A value that is parsed if it is there. */
  public <T, R> @Nullable R optional(
      String pointer, @Nullable T value, java.util.function.Function<T, R> parser) {
    return value == null ? null : check(pointer, () -> parser.apply(value));
  }

  /** A query parameter that is parsed if it is there. An empty one asks for nothing. */
  public <R> @Nullable R parameter(
      String name, @Nullable String text, java.util.function.Function<String, R> parser) {
    return optional("?" + name, text == null || text.isBlank() ? null : text, parser);
  }

  public boolean any() {
    return !errors.isEmpty();
  }

  /**
   * @throws Problem 400 with all that was collected
   */
  public void throwIfAny() {
    if (any()) {
      throw Problem.invalid(errors);
    }
  }
}
