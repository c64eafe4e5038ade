package dev.reserva.notifications.application;

/** Bounds how many messages leave in a second, so that orders keep the machine. */
public interface Throttle {

  /**
   * @return how many may leave now, 0..wanted
   */
  int take(int wanted);

  /** Gives back what was taken and not used. */
  void giveBack(int unused);
}
