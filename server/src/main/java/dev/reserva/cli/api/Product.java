package dev.reserva.cli.api;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A product as inventory shows it. */
public record Product(
    UUID id, String sku, String name, Amount price, int stock, int reserved, int available) {

  /**
   * What is needed to create one.
   *
   * @param location of its first stock; absent for the default one
   * @param backorder whether orders may wait for its stock; absent if they may not
   * @param bundle what one unit consists of; absent if it is no bundle
   */
  public record New(
      String sku,
      String name,
      Amount price,
      int stock,
      @Nullable String location,
      @Nullable Backorder backorder,
      @Nullable List<Order.Wanted> bundle) {

    /** No bundle, and no order can wait for it. */
    public New(String sku, String name, Amount price, int stock, @Nullable String location) {
      this(sku, name, price, stock, location, null, null);
    }
  }

  /**
   * @param policy such as {@code backorder}
   */
  public record Backorder(String policy) {}
}
