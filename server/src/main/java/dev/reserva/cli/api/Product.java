package dev.reserva.cli.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A product as inventory shows it. */
public record Product(
    UUID id, String sku, String name, Amount price, int stock, int reserved, int available) {

  /**
   * What is needed to create one.
   *
   * @param location of its first stock; absent for the default one
   */
  public record New(String sku, String name, Amount price, int stock, @Nullable String location) {}
}
