package dev.reserva;

public final class Reserva {
  private Reserva() {}

  public static void main(String[] a) {}
}
