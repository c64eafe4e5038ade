package dev.reserva.sales.domain;

import java.util.UUID;

/** How a buyer names a product. */
public sealed interface ProductRef {

  record ById(UUID id) implements ProductRef {
    @Override
    public String toString() {
      return id.toString();
    }
  }

  record BySku(String sku) implements ProductRef {

    public static final int MAX_LENGTH = 255;

    public BySku {
      sku = Text.line("sku", sku, MAX_LENGTH);
    }

    @Override
    public String toString() {
      return sku;
    }
  }
}
