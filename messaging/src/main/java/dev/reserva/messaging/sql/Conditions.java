package dev.reserva.messaging.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a query that all have to hold, and the values of their parameters. An absent
 * part of a filter adds no condition.
 *
 * <p>Not thread-safe.
 */
public final class Conditions {

  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  /**
   * @param values of the condition's parameters, in their order
   */
  public Conditions and(String condition, Object... values) {
    conditions.add(condition);
    this.values.addAll(List.of(values));
    return this;
  }

  /**
   * @param value of the condition's parameter; if it is absent, the condition is left out
   */
  public Conditions andIfPresent(String condition, @Nullable Object value) {
    return value == null ? this : and(condition, value);
  }

  /** The clause between spaces; a space alone if there is no condition. */
  public String where() {
    return conditions.isEmpty() ? " " : " where " + String.join(" and ", conditions) + " ";
  }

  /**
   * The values of all parameters.
   *
   * @param more values of parameters that follow the clause
   */
  public Object[] values(Object... more) {
    List<Object> all = new ArrayList<>(values);
    all.addAll(List.of(more));
    return all.toArray();
  }
}
