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
        .map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining());
  }

  /** The error at that place. */
  public static String message(JacksonException e) {
    return switch (e) {
      case UnrecognizedPropertyException _ -> "is not a known field";
      case InvalidNullException _ -> "must not be null";
      case ValueInstantiationException instantiation -> ownWords(instantiation);
      case MismatchedInputException mismatch -> expected(mismatch.getTargetType());
      case InputCoercionException _ -> "is out of range";
      case StreamConstraintsException _ ->
          "is nested too deeply, or holds too long a name or number";
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
        ? "occurs twice"
        : "is not valid JSON" + where;
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
      return "must be an array";
    }
    if (type == Money.class) {
      return "must be an object such as " + MONEY;
    }
    if (Map.class.isAssignableFrom(type) || type.isRecord()) {
      return "must be an object";
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
