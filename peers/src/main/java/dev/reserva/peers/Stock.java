package dev.reserva.peers;

import java.util.List;

/**
 * The products of a shop.
 *
 * @param plenty products that do not sell out
 * @param one of two scarce products
 * @param other of two scarce products
 */
record Stock(List<String> plenty, String one, String other) {
  /** Units of each product that does not sell out. */
  static final int PLENTY = 1_000_000;
}
