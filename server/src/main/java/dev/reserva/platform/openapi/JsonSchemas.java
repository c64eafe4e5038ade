package dev.reserva.platform.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.reserva.contracts.Money;
import dev.reserva.platform.events.CloudEvents;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import tools.jackson.databind.JsonNode;

/**
 * Derives JSON Schemas from the records of requests and answers.
 *
 * <ul>
 *   <li>An answer has every component of its record. A null component is written as null, or left
 *       out if {@link JsonInclude} says so.
 *   <li>A request may omit, or set to null, each component that is {@code @Nullable} and not {@code
 *       requiredMode = REQUIRED}. A member that is not in the record is refused.
 *   <li>{@code @Schema} on a component gives its description, example and limits, or those of a
 *       list's items. Its {@code implementation} is the type that a text is parsed into or written
 *       from. {@code @ArraySchema} gives the limits of a list.
 * </ul>
 */
final class JsonSchemas {

  /** Whether a record is read from a request or written to an answer. */
  private enum Use {
    READ,
    WRITTEN
  }

  private final SortedMap<String, Schema<?>> named = new TreeMap<>();
  private final Map<String, String> owners = new HashMap<>();

  /** The schema of a request's body. */
  Schema<?> read(Type type) {
    return of(type, Use.READ);
  }

  /** The schema of an answer's body, or of a part of it. */
  Schema<?> written(Type type) {
    return of(type, Use.WRITTEN);
  }

  /** The schemas of a record's members, for an answer that has further members. */
  @SuppressWarnings("rawtypes") // as the library declares properties
  Map<String, Schema> members(Class<?> record) {
    return object(record, List.of(), Use.WRITTEN).getProperties();
  }

  /** The schemas that others refer to, by name. */
  SortedMap<String, Schema<?>> named() {
    return named;
  }

  /**
   * @throws IllegalStateException if no schema has the name
   */
  Schema<?> named(String name) {
    Schema<?> schema = named.get(name);
    if (schema == null) {
      throw new IllegalStateException("no schema has the name " + name + " in /openapi.json");
    }
    return schema;
  }

  /** The named schema of a record without type parameters. */
  Schema<?> named(Type type) {
    return named(SchemaNames.of((Class<?>) type, List.of()));
  }

  /**
   * A reference to a named schema. The first reference creates the schema.
   *
   * @param owner distinguishes schemas with the same name
   * @throws IllegalStateException if another owner has the name
   */
  Schema<?> reference(String name, Object owner, Supplier<Schema<?>> made) {
    String known = owners.putIfAbsent(name, owner.toString());
    if (known == null) {
      Schema<?> placeholder = Schemas.any();
      named.put(name, placeholder); // a record may contain itself
      named.put(name, made.get());
    } else if (!known.equals(owner.toString())) {
      throw new IllegalStateException(
          "%s and %s are both called %s in /openapi.json: give one of them @Schema(name = …)"
              .formatted(known, owner, name));
    }
    return Schemas.reference(name);
  }

  private Schema<?> of(Type type, Use use) {
    return switch (type) {
      case Class<?> plain -> of(plain, use);
      case ParameterizedType generic -> generic(generic, use);
      default -> throw new IllegalStateException("no schema for the type " + type.getTypeName());
    };
  }

  private Schema<?> of(Class<?> type, Use use) {
    if (type == Money.class) {
      boolean read = use == Use.READ;
      return reference(
          read ? "MoneyInput" : "Money", use, () -> read ? Schemas.moneyRead() : Schemas.money());
    }
    if (type == CloudEvents.class) {
      return reference("CloudEvent", type, Schemas::cloudEvent);
    }
    if (JsonNode.class.isAssignableFrom(type)) {
      return type == JsonNode.class ? Schemas.any() : Schemas.ofType("object");
    }
    if (type.isRecord()) {
      return record(type, List.of(), use);
    }
    return Schemas.scalar(type);
  }

  private Schema<?> generic(ParameterizedType type, Use use) {
    Class<?> raw = (Class<?>) type.getRawType();
    List<Type> arguments = List.of(type.getActualTypeArguments());
    if (Collection.class.isAssignableFrom(raw)) {
      return Schemas.ofType("array").items(of(arguments.getFirst(), use));
    }
    if (raw == Map.class) {
      return Schemas.ofType("object").additionalProperties(of(arguments.getLast(), use));
    }
    if (raw == Optional.class) {
      return Schemas.orNull(of(arguments.getFirst(), use));
    }
    return record(raw, arguments, use);
  }

  private Schema<?> record(Class<?> type, List<Type> arguments, Use use) {
    if (!type.isRecord()) {
      throw new IllegalStateException("no schema for the type " + type.getName());
    }
    return reference(
        SchemaNames.of(type, arguments),
        "%s%s, %s".formatted(type.getName(), arguments, use),
        () -> object(type, arguments, use));
  }

  private Schema<?> object(Class<?> type, List<Type> arguments, Use use) {
    Schema<?> object = Schemas.ofType("object");
    if (use == Use.READ) {
      object.setAdditionalProperties(false);
    }
    var annotation = type.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
    for (RecordComponent component : type.getRecordComponents()) {
      add(object, component, bound(component.getGenericType(), type, arguments), use);
    }
    if (annotation == null) {
      return object;
    }
    if (!annotation.description().isEmpty()) {
      object.setDescription(annotation.description());
    }
    if (annotation.allOf().length == 0) {
      return object;
    }
    Schema<?> whole = Schemas.any();
    for (Class<?> part : annotation.allOf()) {
      whole.addAllOfItem(of(part, use));
    }
    whole.addAllOfItem(object);
    return whole;
  }

  private void add(Schema<?> object, RecordComponent component, Type type, Use use) {
    boolean optional =
        component.getAnnotatedType().isAnnotationPresent(Nullable.class)
            && !(use == Use.READ && isRequired(component));
    boolean leftOut = optional && use == Use.WRITTEN && isLeftOut(component);
    Schema<?> schema = annotated(component, type, use);
    object.addProperty(wireName(component), optional && !leftOut ? Schemas.orNull(schema) : schema);
    if (use == Use.READ ? !optional : !leftOut) {
      object.addRequiredItem(wireName(component));
    }
  }

  /** A component whose name is a word of Java has another one on the wire. */
  private static String wireName(RecordComponent component) {
    var named = annotation(component, JsonProperty.class);
    return named == null ? component.getName() : named.value();
  }

  private Schema<?> annotated(RecordComponent component, Type type, Use use) {
    var annotation = annotation(component, io.swagger.v3.oas.annotations.media.Schema.class);
    Class<?> parsed = annotation == null ? Void.class : annotation.implementation();
    Schema<?> schema;
    if (parsed == Void.class) {
      schema = of(type, use);
    } else if (type instanceof ParameterizedType) {
      schema = Schemas.ofType("array").items(of(parsed, use));
    } else {
      schema = of(parsed, use);
    }
    if (annotation != null) {
      boolean list = type instanceof ParameterizedType;
      Schemas.limit(list && schema.getItems() != null ? schema.getItems() : schema, annotation);
    }
    var bounds = annotation(component, ArraySchema.class);
    if (bounds != null) {
      schema.setMinItems(bounds.minItems());
      schema.setMaxItems(bounds.maxItems());
    }
    return schema;
  }

  private static Type bound(Type declared, Class<?> owner, List<Type> arguments) {
    if (declared instanceof TypeVariable<?> variable) {
      return arguments.get(Arrays.asList(owner.getTypeParameters()).indexOf(variable));
    }
    if (declared instanceof ParameterizedType list
        && list.getActualTypeArguments()[0] instanceof TypeVariable<?> variable) {
      return new ListOf(bound(variable, owner, arguments));
    }
    return declared;
  }

  /** {@code List<E>} for an element type that is known at run time only. */
  private record ListOf(Type element) implements ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return new Type[] {element};
    }

    @Override
    public Type getRawType() {
      return List.class;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return null;
    }
  }

  private static boolean isRequired(RecordComponent component) {
    var annotation = annotation(component, io.swagger.v3.oas.annotations.media.Schema.class);
    return annotation != null && annotation.requiredMode() == RequiredMode.REQUIRED;
  }

  private static boolean isLeftOut(RecordComponent component) {
    JsonInclude own = annotation(component, JsonInclude.class);
    JsonInclude rule =
        own == null ? component.getDeclaringRecord().getAnnotation(JsonInclude.class) : own;
    return rule != null && rule.value() == JsonInclude.Include.NON_NULL;
  }

  /**
   * The annotations do not target record components, so they are on the accessor, or on an
   * annotation that several records share.
   */
  private static <A extends Annotation> @Nullable A annotation(
      RecordComponent component, Class<A> type) {
    return AnnotatedElementUtils.getMergedAnnotation(component.getAccessor(), type);
  }
}
