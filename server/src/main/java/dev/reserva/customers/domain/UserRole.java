package dev.reserva.customers.domain;

import java.util.Locale;

/** What a user is. */
public enum UserRole {
  ADMIN,
  OPERATOR,
  WAREHOUSE,
  /** Only ever given with a customer's own login. */
  CUSTOMER;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * A role of somebody who works for the shop.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static UserRole staff(String wire) {
    return switch (wire) {
      case "admin" -> ADMIN;
      case "operator" -> OPERATOR;
      case "warehouse" -> WAREHOUSE;
      default ->
          throw new IllegalArgumentException("role must be one of admin, operator, warehouse");
    };
  }
}
