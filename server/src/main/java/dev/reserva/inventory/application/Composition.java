package dev.reserva.inventory.application;

import dev.reserva.inventory.domain.Backorder;
import dev.reserva.inventory.domain.Bundle;
import dev.reserva.inventory.domain.BundleRefusal;
import dev.reserva.inventory.domain.Product;
import dev.reserva.messaging.UnitOfWork;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Decides whether products can consist of the parts that they are given. */
final class Composition {

  private final Bundles bundles;

  Composition(Bundles bundles) {
    this.bundles = bundles;
  }

  /**
   * Locks the parts of bundles that are about to be made or changed.
   *
   * @return by product, whether it is a bundle; products that do not exist are left out
   */
  Map<UUID, Boolean> lock(List<Bundle> wanted, UnitOfWork tx) {
    Set<UUID> parts = new HashSet<>();
    wanted.forEach(bundle -> parts.addAll(bundle.products()));
    return parts.isEmpty() ? Map.of() : bundles.lockParts(parts, tx);
  }

  /**
   * Why a bundle cannot have its parts, if it cannot.
   *
   * @param known the parts that are {@linkplain #lock locked}
   */
  static Optional<BundleRefusal> refusal(Bundle wanted, Map<UUID, Boolean> known) {
    List<UUID> unknown =
        wanted.products().stream().filter(part -> !known.containsKey(part)).toList();
    if (!unknown.isEmpty()) {
      return Optional.of(new BundleRefusal.UnknownParts(unknown));
    }
    List<UUID> nested =
        wanted.products().stream().filter(part -> known.getOrDefault(part, false)).toList();
    return nested.isEmpty()
        ? Optional.empty()
        : Optional.of(new BundleRefusal.PartsAreBundles(nested));
  }

  /**
   * Why a locked product cannot be changed to this one, if it cannot. A product that becomes a
   * bundle gives up its stock levels, which are empty.
   */
  Optional<BundleRefusal> prepare(Product before, Product after, UnitOfWork tx) {
    if (!after.bundle().isNone() && !after.backorder().equals(Backorder.DENIED)) {
      return Optional.of(new BundleRefusal.HasBackorder());
    }
    if (after.bundle().equals(before.bundle())) {
      return Optional.empty();
    }
    if (after.bundle().products().contains(after.id())) {
      return Optional.of(new BundleRefusal.PartsAreBundles(List.of(after.id())));
    }
    Optional<BundleRefusal> impossible = refusal(after.bundle(), lock(List.of(after.bundle()), tx));
    if (impossible.isPresent() || !before.bundle().isNone()) {
      return impossible;
    }
    if (bundles.isPart(after.id(), tx)) {
      return Optional.of(new BundleRefusal.IsPart(after.id()));
    }
    return bundles.giveUpStock(after.id(), tx)
        ? Optional.empty()
        : Optional.of(new BundleRefusal.HasHadStock(after.id()));
  }
}
