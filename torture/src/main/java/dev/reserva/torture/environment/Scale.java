package dev.reserva.torture.environment;

/** The number of rounds in each scenario. */
public enum Scale {
  /** A whole campaign: dozens of rounds, up to half an hour in all. */
  FULL,
  /** One round of each scenario; the tests run some of them. */
  SHORT;

  public int pick(int full, int shortened) {
    return this == FULL ? full : shortened;
  }
}
