package dev.reserva.inventory.domain;

import java.util.List;
import java.util.UUID;

/** Why a product cannot be a bundle of the parts that it is given. Nothing changes then. */
public sealed interface BundleRefusal {

  /** These parts do not exist. */
  record UnknownParts(List<UUID> products) implements BundleRefusal {
    public UnknownParts {
      products = List.copyOf(products);
    }
  }

  /** These parts are bundles themselves, or are the product itself. */
  record PartsAreBundles(List<UUID> products) implements BundleRefusal {
    public PartsAreBundles {
      products = List.copyOf(products);
    }
  }

  /** A bundle begins without stock. */
  record FirstStock(int stock) implements BundleRefusal {}

  /** Orders wait for the parts of a bundle, never for the bundle. */
  record HasBackorder() implements BundleRefusal {}

  /** The product is a part of a bundle. */
  record IsPart(UUID productId) implements BundleRefusal {}

  /** The product has had stock. */
  record HasHadStock(UUID productId) implements BundleRefusal {}
}
