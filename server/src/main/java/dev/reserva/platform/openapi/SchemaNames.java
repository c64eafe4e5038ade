package dev.reserva.platform.openapi;

import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.reflect.Type;
import java.util.List;

/**
 * Names the schemas of records: {@code OrderView} becomes {@code Order}, its {@code ItemView}
 * becomes {@code OrderItem}, and a page of orders {@code OrderPage}. {@code @Schema(name)}
 * overrides the name.
 */
final class SchemaNames {

  private static final String SUFFIXES = "(View|Controller|Requests)$";

  /**
   * Verbs of use cases, which are left out: the report of {@code CheckIntegrity} is an {@code
   * IntegrityReport}.
   */
  private static final String VERBS = "^(Read|Check)(?=[A-Z])";

  private SchemaNames() {}

  /**
   * @param arguments of the record's type parameters
   */
  static String of(Class<?> record, List<Type> arguments) {
    StringBuilder name = new StringBuilder();
    for (Type argument : arguments) {
      name.append(argument instanceof Class<?> type ? of(type, List.of()) : argument.getTypeName());
    }
    return name.append(own(record)).toString();
  }

  private static String own(Class<?> record) {
    Schema given = record.getAnnotation(Schema.class);
    if (given != null && !given.name().isEmpty()) {
      return given.name();
    }
    String name = record.getSimpleName().replaceFirst(SUFFIXES, "");
    Class<?> enclosing = record.getEnclosingClass();
    if (enclosing == null) {
      return name;
    }
    String subject =
        enclosing
            .getSimpleName()
            .replaceFirst(SUFFIXES, "")
            .replaceFirst(VERBS, "")
            .replaceFirst("s$", "");
    return name.contains(subject) ? name : subject + name;
  }
}
