package dev.reserva.platform.database;

/**
 * A schema that one service owns; a bean of the service's configuration. Its migrations are in
 * {@code db/<name>} on the class path, and its history table is in the schema.
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
