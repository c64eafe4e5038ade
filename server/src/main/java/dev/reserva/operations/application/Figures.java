package dev.reserva.operations.application;

/** Figures as statistics show them. */
final class Figures {

  private Figures() {}

  /** Rounded to three decimals. */
  static double rounded(double figure) {
    return Math.round(figure * 1_000) / 1_000.0;
  }
}
