package dev.reserva.customers.domain;

import dev.reserva.contracts.Text;
import java.util.Locale;

/** The role of a user. */
public enum UserRole {
  ADMIN,
  OPERATOR,
  WAREHOUSE,
  /** Only for a customer's own login. */
  CUSTOMER;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * A role of staff.
   *
   * @throws IllegalArgumentException if it is not a role of staff
   */
  public static UserRole staff(String wire) {
    return switch (wire) {
      case "admin" -> ADMIN;
      case "operator" -> OPERATOR;
      case "warehouse" -> WAREHOUSE;
      default ->
          throw new IllegalArgumentException(
              "role must be one of admin, operator, warehouse, was \"%s\""
                  .formatted(Text.excerpt(wire)));
    };
  }
}
