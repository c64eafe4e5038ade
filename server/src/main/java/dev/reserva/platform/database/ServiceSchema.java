package dev.reserva.platform.database;

/**
 * A schema that one service owns; a bean of its configuration. Its migrations stand in {@code
 * db/<name>} on the class path and have a history of their own in that schema.
 *
 * @param name such as {@code inventory}
 */
public record ServiceSchema(String name) {

  public ServiceSchema {
    if (!name.matches("[a-z][a-z_]{0,30}")) {
      throw new IllegalArgumentException(
          "name must match [a-z][a-z_]{0,30}, was \"%s\"".formatted(name));
    }
  }
}
