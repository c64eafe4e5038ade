package dev.reserva.contracts;

import java.util.UUID;
import java.util.function.Function;

/**
 * One type of event.
 *
 * @param name the type on the wire
 * @param payload the record that is its payload
 * @param subject id of the entity it is about
 * @param key partition key: the order wherever an order is concerned, else the subject
 * @param recordOnly whether no service acts on it: it is there for the log, the audit trail, the
 *     live feed and consumers outside
 */
public record Contract<T>(
    String name,
    Class<T> payload,
    Function<T, UUID> subject,
    Function<T, UUID> key,
    boolean recordOnly) {

  /** The same type, on which no service acts. */
  Contract<T> forTheRecord() {
    return new Contract<>(name, payload, subject, key, true);
  }

  /**
   * The major version, the last part of {@code dataschema}: 2 for a name that ends in {@code .v2},
   * else 1.
   */
  public int version() {
    int dot = name.lastIndexOf(".v");
    return dot > 0 && name.substring(dot + 2).chars().allMatch(Character::isDigit)
        ? Integer.parseInt(name.substring(dot + 2))
        : 1;
  }

  /** The publishing service. */
  public String context() {
    return name.substring(0, name.indexOf('.'));
  }
}
