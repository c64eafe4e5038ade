package dev.reserva.inventory.domain;

import dev.reserva.contracts.Text;

/**
 * The shop's own code for a product. Two SKUs with one {@link #key()} are the same SKU: no two
 * products have them. Upper and lower case are different.
 *
 * @param value 1..64 characters
 */
public record Sku(String value) {

  private static final int MAX_LENGTH = 64;

  /** A SKU of the catalogue, which may be older than the rules that {@link #parse} applies. */
  public Sku {
    if (value.isEmpty() || Text.length(value) > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "sku must have 1..%d characters, had %d".formatted(MAX_LENGTH, Text.length(value)));
    }
  }

  /**
   * A SKU as somebody typed it.
   *
   * @throws IllegalArgumentException if it is empty, too long or has an invisible character
   */
  public static Sku parse(String typed) {
    return new Sku(Text.code("sku", typed, MAX_LENGTH));
  }

  /** By what it is found and compared. */
  public String key() {
    return Text.key(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
