package dev.reserva.contracts;

/** Codes of the places where stock is held. */
public final class Locations {

  /** The default location. It always exists. */
  public static final String MAIN = "MAIN";

  private Locations() {}
}
