package dev.reserva.peers;

import java.util.List;

/**
 * What a shop sells.
 *
 * @param plenty products that never sell out
 * @param one of two scarce products
 * @param other of two scarce products
 */
record Stock(List<String> plenty, String one, String other) {
  /** Units of each product in plenty: so many that no run sells out. */
  static final int PLENTY = 1_000_000;
}
