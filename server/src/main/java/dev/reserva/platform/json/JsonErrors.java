package dev.reserva.platform.json;

import dev.reserva.contracts.Money;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Describes an error in a document and its place. The text names no class of the server. */
public final class JsonErrors {

  /** The example in errors about money. */
  static final String MONEY = "{\"amount\":\"10.00\",\"currency\":\"BRL\"}";

  private JsonErrors() {}

  /** JSON pointer of the place, empty for the document as a whole. */
  public static String pointer(JacksonException e) {
    if (e.getPath().isEmpty()) {
      return e.processor() instanceof JsonParser parser
          ? parser.streamReadContext().pathAsPointer().toString()
          : "";
    }
    return e.getPath().stream()
        .map(step -> step.getPropertyName() == null ? "" + step.getIndex() : step.getPropertyName())
        .map(JsonErrors::step)
        .collect(Collectors.joining());
  }

  /** The step of a JSON pointer to a member of an object. */
  public static String step(String name) {
    return "/" + name.replace("~", "~0").replace("/", "~1");
  }

  /** The error at that place. */
  public static String message(JacksonException e) {
    return switch (e) {
      case UnrecognizedPropertyException unknown -> unknown(unknown.getKnownPropertyIds());
      case InvalidNullException _ -> "must not be null";
      case ValueInstantiationException instantiation -> ownWords(instantiation);
      case MismatchedInputException mismatch
          when String.valueOf(mismatch.getOriginalMessage()).startsWith("Trailing token") ->
          "must be one JSON value, and has more behind it";
      case MismatchedInputException mismatch -> expected(mismatch.getTargetType());
      case InputCoercionException coercion -> range(coercion.getTargetType());
      case StreamConstraintsException _ ->
          "must be nested at most %d deep, with names of at most %d and numbers of at most %d characters"
              .formatted(Json.MAX_DEPTH, Json.MAX_NAME_LENGTH, Json.MAX_NUMBER_LENGTH);
      case StreamReadException read -> unreadable(read);
      default -> "is not what was expected here";
    };
  }

  /** The message of a domain value that refused the text. */
  private static String ownWords(ValueInstantiationException e) {
    for (@Nullable Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException && cause.getMessage() != null) {
        return cause.getMessage();
      }
    }
    return expected(e.getType() == null ? null : e.getType().getRawClass());
  }

  private static String unreadable(StreamReadException e) {
    TokenStreamLocation at = e.getLocation();
    String where =
        at == null
            ? ""
            : " at line %d, column %d"
                .formatted(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
    return String.valueOf(e.getOriginalMessage()).startsWith("Duplicate")
        ? "must be given once"
        : "is not valid JSON" + where;
  }

  /**
   * For a field that an object does not have.
   *
   * @param known fields of the object; absent when that is not known
   */
  public static String unknown(@Nullable Collection<?> known) {
    return known == null || known.isEmpty()
        ? "is not a known field"
        : "is not a known field; the known ones are "
            + known.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static String range(@Nullable Class<?> type) {
    return type == long.class || type == Long.class
        ? "must be an integer from %d to %d".formatted(Long.MIN_VALUE, Long.MAX_VALUE)
        : "must be an integer from %d to %d".formatted(Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == null) {
      return "is not what was expected here";
    }
    if (type.isEnum()) {
      return "must be one of "
          + Stream.of(type.getEnumConstants())
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
    }
    if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "must be an array like [...]";
    }
    if (type == Money.class) {
      return "must be an object like " + MONEY;
    }
    if (type.isRecord()) {
      return Stream.of(type.getRecordComponents())
          .map(component -> "\"%s\":...".formatted(component.getName()))
          .collect(Collectors.joining(",", "must be an object like {", "}"));
    }
    if (Map.class.isAssignableFrom(type)) {
      return "must be an object like {...}";
    }
    return switch (type.getSimpleName().toLowerCase(Locale.ROOT)) {
      case "string" -> "must be a string";
      case "int", "integer", "long", "short", "byte", "biginteger" -> "must be an integer";
      case "bigdecimal", "double", "float", "number" -> "must be a number";
      case "boolean" -> "must be true or false";
      case "uuid" -> StrictUuid.EXPECTED;
      case "instant" -> "must be a time such as 2026-01-31T12:00:00Z";
      default -> "is not what was expected here";
    };
  }
}
