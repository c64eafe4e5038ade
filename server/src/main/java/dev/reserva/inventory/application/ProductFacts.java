package dev.reserva.inventory.application;

import dev.reserva.contracts.InventoryEvent;
import dev.reserva.inventory.domain.Bundle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of products in the published language. */
final class ProductFacts {

  private ProductFacts() {}

  static @Nullable List<InventoryEvent.Part> parts(Bundle bundle) {
    return bundle.isNone()
        ? null
        : bundle.parts().stream()
            .map(part -> new InventoryEvent.Part(part.productId(), part.quantity()))
            .toList();
  }
}
