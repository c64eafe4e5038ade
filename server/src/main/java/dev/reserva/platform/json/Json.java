package dev.reserva.platform.json;

import com.fasterxml.jackson.annotation.Nulls;
import dev.reserva.platform.json.ValuesModule.Source;
import java.util.function.Consumer;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * The two JSON mappers. Both refuse wrong types, repeated keys and documents out of bounds. They
 * differ in how they treat unknown fields, and in the currencies they accept.
 */
public final class Json {

  /** Deeper than any request or event, and far below a stack overflow. */
  static final int MAX_DEPTH = 64;

  /** Money has at most 13 digits before the point; nothing else is longer. */
  static final int MAX_NUMBER_LENGTH = 100;

  static final int MAX_NAME_LENGTH = 256;

  /** The body limit of HTTP. An event is not much larger than the request that caused it. */
  private static final int MAX_STRING_LENGTH = 4 * 1024 * 1024;

  private Json() {}

  /** For HTTP: an unknown field is an error, so that a misspelt one is detected. */
  public static JsonMapper requests() {
    return strict(Source.CALLER).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  }

  /** For events: an unknown field is ignored, so that payloads may gain fields. */
  public static JsonMapper events() {
    return RareMembers.leftOut(strict(Source.EVENT))
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .build();
  }

  /** The rules of both mappers. */
  private static JsonMapper.Builder strict(Source source) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .maxStringLength(MAX_STRING_LENGTH)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    return JsonMapper.builder(factory)
        .addModule(new ValuesModule(source))
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
        .withCoercionConfigDefaults(refuse(CoercionInputShape.EmptyString))
        .withCoercionConfig(
            LogicalType.Textual,
            refuse(
                CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean))
        .withCoercionConfig(
            LogicalType.Boolean, refuse(CoercionInputShape.Integer, CoercionInputShape.String))
        .withCoercionConfig(
            LogicalType.Integer, refuse(CoercionInputShape.Float, CoercionInputShape.String))
        .withCoercionConfig(LogicalType.Float, refuse(CoercionInputShape.String))
        .withCoercionConfig(
            LogicalType.DateTime,
            refuse(
                CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean));
  }

  private static Consumer<MutableCoercionConfig> refuse(CoercionInputShape... shapes) {
    return config -> {
      for (CoercionInputShape shape : shapes) {
        config.setCoercion(shape, CoercionAction.Fail);
      }
    };
  }
}
