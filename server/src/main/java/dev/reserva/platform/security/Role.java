package dev.reserva.platform.security;

/** What a caller may do. One caller may have several roles. */
public enum Role {
  /** May do everything. */
  ADMIN,
  /** Orders, payments, dead letters. */
  OPERATOR,
  /** Products, stock, shipments. */
  WAREHOUSE,
  /** Own orders only. */
  CUSTOMER;

  /** The name on the wire: lower case. */
  public String wire() {
    return switch (this) {
      case ADMIN -> "admin";
      case OPERATOR -> "operator";
      case WAREHOUSE -> "warehouse";
      case CUSTOMER -> "customer";
    };
  }
}
