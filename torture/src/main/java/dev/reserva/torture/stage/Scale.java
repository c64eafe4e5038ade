package dev.reserva.torture.stage;

/** How much is done of each scenario. */
public enum Scale {
  /** The campaign: dozens of rounds, up to half an hour in all. */
  FULL,
  /** A round of each, of which the tests play some. */
  SHORT;

  public int pick(int full, int shortened) {
    return this == FULL ? full : shortened;
  }
}
