package dev.reserva.platform.audit;

import dev.reserva.contracts.OperationsEvent.AuditChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a command changed, or the details of a security event: at most {@value #MAX} members with
 * their values before and after. Personal data and secrets never are values; name the member by
 * {@link #naming} instead.
 */
public final class Changes {

  public static final int MAX = 20;

  public static final Changes NONE = new Changes(List.of());

  private final List<AuditChange> list;

  private Changes(List<AuditChange> list) {
    this.list = list;
  }

  /** What is there now and was not before. Null is left out. */
  public static Changes now(String field, @Nullable Object after) {
    return NONE.and(field, null, after);
  }

  /** What was there and is no longer. Null is left out. */
  public static Changes was(String field, @Nullable Object before) {
    return NONE.and(field, before, null);
  }

  /** One member with its value before and after. Equal values are left out. */
  public static Changes of(String field, @Nullable Object before, @Nullable Object after) {
    return NONE.and(field, before, after);
  }

  /** Members whose values must not be on record. */
  public static Changes naming(List<String> fields) {
    return now("changed", fields.isEmpty() ? null : String.join(", ", fields));
  }

  /**
   * These changes and one more member; equal values, also none before and after, are left out.
   *
   * @throws IllegalStateException when there would be more than {@value #MAX}
   */
  public Changes and(String field, @Nullable Object before, @Nullable Object after) {
    String was = text(before);
    String is = text(after);
    if (Objects.equals(was, is)) {
      return this;
    }
    if (list.size() == MAX) {
      throw new IllegalStateException("changes must have at most %d members".formatted(MAX));
    }
    List<AuditChange> more = new ArrayList<>(list);
    more.add(new AuditChange(field, was, is));
    return new Changes(List.copyOf(more));
  }

  List<AuditChange> list() {
    return list;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : AuditText.clean(value.toString());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Changes changes && list.equals(changes.list);
  }

  @Override
  public int hashCode() {
    return list.hashCode();
  }

  @Override
  public String toString() {
    return list.toString();
  }
}
