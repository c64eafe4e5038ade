package dev.reserva.sales.domain;

import dev.reserva.contracts.Text;
import java.util.UUID;

/** How a buyer names a product. */
public sealed interface ProductRef {

  record ById(UUID id) implements ProductRef {
    @Override
    public String toString() {
      return id.toString();
    }
  }

  /**
   * By the catalogue's code, or one that is equal to it by {@link Text#key}.
   *
   * @param sku 1..{@value #MAX_LENGTH} characters, none of them invisible
   */
  record BySku(String sku) implements ProductRef {

    public static final int MAX_LENGTH = 64;

    public BySku {
      sku = Text.code("sku", sku, MAX_LENGTH);
    }

    /** By what it is found and compared. */
    public String key() {
      return Text.key(sku);
    }

    @Override
    public String toString() {
      return sku;
    }
  }
}
