package dev.reserva.platform.openapi;

import dev.reserva.platform.events.EnvelopeSchema;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Builds the elements of schemas. */
final class Schemas {

  /** The schemas of types that are a single JSON value. */
  private static final Map<Class<?>, String[]> SCALARS =
      Map.ofEntries(
          Map.entry(String.class, new String[] {"string"}),
          Map.entry(UUID.class, new String[] {"string", "uuid"}),
          Map.entry(Instant.class, new String[] {"string", "date-time"}),
          Map.entry(URI.class, new String[] {"string", "uri-reference"}),
          Map.entry(int.class, new String[] {"integer", "int32"}),
          Map.entry(Integer.class, new String[] {"integer", "int32"}),
          Map.entry(long.class, new String[] {"integer", "int64"}),
          Map.entry(Long.class, new String[] {"integer", "int64"}),
          Map.entry(double.class, new String[] {"number", "double"}),
          Map.entry(Double.class, new String[] {"number", "double"}),
          Map.entry(boolean.class, new String[] {"boolean"}),
          Map.entry(Boolean.class, new String[] {"boolean"}));

  private Schemas() {}

  static Schema<?> any() {
    return new Schema<>(SpecVersion.V31);
  }

  static Schema<?> ofType(String type) {
    Schema<?> schema = any();
    schema.addType(type);
    return schema;
  }

  static Schema<?> text(String description) {
    Schema<?> schema = ofType("string");
    schema.setDescription(description);
    return schema;
  }

  static Schema<?> constant(Object value) {
    Schema<?> schema = ofType(value instanceof Integer ? "integer" : "string");
    schema.setConst(value);
    return schema;
  }

  static Schema<?> reference(String name) {
    Schema<?> schema = any();
    schema.set$ref("#/components/schemas/" + name);
    return schema;
  }

  /**
   * @throws IllegalStateException if the type is not a single JSON value
   */
  static Schema<?> scalar(Class<?> type) {
    if (type.isEnum()) {
      Schema<Object> schema = new Schema<>(SpecVersion.V31);
      schema.addType("string");
      schema.setEnum(
          new ArrayList<>(Arrays.stream(type.getEnumConstants()).map(Schemas::wire).toList()));
      return schema;
    }
    String[] found = SCALARS.get(type);
    if (found == null) {
      throw new IllegalStateException("no schema for the type " + type.getName());
    }
    Schema<?> schema = ofType(found[0]);
    if (found.length > 1) {
      schema.setFormat(found[1]);
    }
    return schema;
  }

  /** The JSON text of an enum constant: from its method {@code wire}, or its name. */
  private static Object wire(Object constant) {
    try {
      return constant.getClass().getMethod("wire").invoke(constant);
    } catch (NoSuchMethodException e) {
      return ((Enum<?>) constant).name();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The schema that also accepts null. */
  static Schema<?> orNull(Schema<?> schema) {
    if (schema.getTypes() == null) {
      if (schema.get$ref() == null) {
        return schema; // it accepts anything, including null
      }
      Schema<?> either = any();
      either.setAnyOf(List.of(schema, ofType("null")));
      return either;
    }
    schema.addType("null");
    if (schema.getEnum() != null) {
      List<Object> values = new ArrayList<>(schema.getEnum());
      values.add(null);
      Schema<Object> nullable = new Schema<>(SpecVersion.V31);
      nullable.setTypes(schema.getTypes());
      nullable.setDescription(schema.getDescription());
      nullable.setEnum(values);
      return nullable;
    }
    return schema;
  }

  /** Applies the annotation of a component. */
  static void limit(Schema<?> schema, io.swagger.v3.oas.annotations.media.Schema annotation) {
    if (!annotation.description().isEmpty()) {
      schema.setDescription(annotation.description());
    }
    if (!annotation.example().isEmpty()) {
      schema.setExample(example(annotation.example(), schema));
    }
    if (!annotation.format().isEmpty()) {
      schema.setFormat(annotation.format());
    }
    if (!annotation.pattern().isEmpty()) {
      schema.setPattern(annotation.pattern());
    }
    if (annotation.minLength() > 0) {
      schema.setMinLength(annotation.minLength());
    }
    if (annotation.maxLength() < Integer.MAX_VALUE) {
      schema.setMaxLength(annotation.maxLength());
    }
    if (!annotation.minimum().isEmpty()) {
      schema.setMinimum(new BigDecimal(annotation.minimum()));
    }
    if (!annotation.maximum().isEmpty()) {
      schema.setMaximum(new BigDecimal(annotation.maximum()));
    }
    if (annotation.allowableValues().length > 0) {
      enumerate(schema, annotation.allowableValues());
    }
  }

  @SuppressWarnings("unchecked") // a schema of texts
  private static void enumerate(Schema<?> schema, String[] values) {
    ((Schema<Object>) schema).setEnum(new ArrayList<>(List.of(values)));
  }

  private static Object example(String text, Schema<?> schema) {
    return schema.getTypes() != null && schema.getTypes().contains("integer")
        ? (Object) Long.valueOf(text)
        : text;
  }

  static Schema<?> money() {
    return money(ofType("string"));
  }

  /** A number is accepted, too. */
  static Schema<?> moneyRead() {
    Schema<?> amount = ofType("string");
    amount.addType("number");
    Schema<?> money = money(amount);
    money.setAdditionalProperties(false);
    return money;
  }

  private static Schema<?> money(Schema<?> amount) {
    amount.setPattern("^[0-9]+(\\.[0-9]+)?$");
    amount.setExample("1500.00");
    amount.setDescription("With as many decimal digits as the currency has.");
    Schema<?> currency = text("ISO 4217.");
    currency.setPattern("^[A-Z]{3}$");
    currency.setExample("BRL");
    Schema<?> money = ofType("object");
    money.addProperty("amount", amount);
    money.addProperty("currency", currency);
    money.setRequired(List.of("amount", "currency"));
    return money;
  }

  static Schema<?> cloudEvent() {
    try {
      return Json31.mapper().readValue(EnvelopeSchema.json().toString(), JsonSchema.class);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
