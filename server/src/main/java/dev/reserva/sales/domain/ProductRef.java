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
   * Names the product by its SKU, or by a text that is equal to it under {@link Text#key}.
   *
   * @param sku 1..{@value #MAX_LENGTH} characters, none of them invisible
   */
  record BySku(String sku) implements ProductRef {

    public static final int MAX_LENGTH = 64;

    public BySku {
      sku = Text.code("sku", sku, MAX_LENGTH);
    }

    /** The key by which the product is found and compared. */
    public String key() {
      return Text.key(sku);
    }

    @Override
    public String toString() {
      return sku;
    }
  }
}
