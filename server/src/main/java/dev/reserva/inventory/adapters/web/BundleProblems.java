package dev.reserva.inventory.adapters.web;

import dev.reserva.inventory.application.Products;
import dev.reserva.inventory.domain.BundleRefusal;
import dev.reserva.inventory.domain.Product;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.web.Problem;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Refusals that concern bundles as problems, and the members that these have. */
final class BundleProblems {

  private BundleProblems() {}

  static Problem of(BundleRefusal refusal) {
    return switch (refusal) {
      case BundleRefusal.UnknownParts(var products) ->
          impossibleParts("bundle names products that do not exist: ", products);
      case BundleRefusal.PartsAreBundles(var products) ->
          impossibleParts("bundle must not name bundles: ", products);
      case BundleRefusal.FirstStock(int stock) ->
          Problem.impossible(
              "bundle-has-no-stock",
              "A bundle has no stock of its own",
              "stock must be 0 for a bundle, was %d".formatted(stock));
      case BundleRefusal.HasBackorder _ ->
          Problem.impossible(
              "bundle-has-no-backorder",
              "Orders wait for the parts of a bundle",
              "backorder must be deny for a bundle: give it to its parts");
      case BundleRefusal.IsPart(var product) ->
          Problem.conflict(
              "cannot-become-bundle",
              "Product cannot become a bundle",
              "product %s is a part of a bundle, so its own bundle must be left out"
                  .formatted(product));
      case BundleRefusal.HasHadStock(var product) ->
          Problem.conflict(
              "cannot-become-bundle",
              "Product cannot become a bundle",
              "product %s has had stock, so its bundle must be left out; create another product"
                  .formatted(product));
    };
  }

  private static Problem impossibleParts(String what, List<UUID> products) {
    return Problem.impossible(
            "impossible-parts", "Impossible parts", what + StockProblems.named(products))
        .with("products", products);
  }

  /** The refusal of a change of stock, if the product that it names is a bundle. */
  static Optional<Problem> hasNoStock(UUID productId, Products products, UnitOfWork tx) {
    return products
        .find(productId, tx)
        .map(Products.StockedProduct::product)
        .filter(product -> !product.bundle().isNone())
        .map(BundleProblems::hasNoStock);
  }

  private static Problem hasNoStock(Product bundle) {
    return Problem.impossible(
        "bundle-has-no-stock",
        "A bundle has no stock of its own",
        "productId must name no bundle, was %s: its stock is that of its parts"
            .formatted(bundle.id()));
  }

  /** What the problem {@code impossible-parts} has. */
  record Parts(List<UUID> products) {}
}
