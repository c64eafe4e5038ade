package dev.reserva.sales.adapters.messaging;

import dev.reserva.contracts.InventoryEvent;
import dev.reserva.contracts.TaxRate;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.sales.application.FollowProducts.ProductChange;
import dev.reserva.sales.application.FollowProducts.ProductChange.Offered;
import dev.reserva.sales.domain.Product;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the events of the catalogue mean for what can be ordered. */
final class ProductChanges {

  private ProductChanges() {}

  /**
   * @throws Unprocessable if sales cannot read its tax or its parts
   */
  static ProductChange of(Message message, InventoryEvent.ProductCreated created) {
    return new Offered(
        new Product(
            created.productId(),
            created.sku(),
            created.name(),
            created.price(),
            taxRate(message, created.taxRate()),
            created.taxCode(),
            created.active(),
            bundle(message, created.bundle())));
  }

  /**
   * @throws Unprocessable if sales cannot read its tax or its parts
   */
  static ProductChange of(Message message, InventoryEvent.ProductUpdated updated) {
    return new Offered(
        new Product(
            updated.productId(),
            updated.sku(),
            updated.name(),
            updated.price(),
            taxRate(message, updated.taxRate()),
            updated.taxCode(),
            updated.active(),
            bundle(message, updated.bundle())));
  }

  private static SequencedMap<UUID, Integer> bundle(
      Message message, @Nullable List<InventoryEvent.Part> parts) {
    SequencedMap<UUID, Integer> bundle = new LinkedHashMap<>();
    if (parts != null) {
      for (InventoryEvent.Part part : parts) {
        if (part.productId() == null || part.quantity() < 1) { // of an event by hand
          throw new Unprocessable(
              "%s: a part of a bundle needs a productId and a quantity of 1 or more, was %s"
                  .formatted(message.type(), part));
        }
        bundle.merge(part.productId(), part.quantity(), Integer::sum);
      }
    }
    return bundle;
  }

  private static @Nullable TaxRate taxRate(Message message, @Nullable String rate) {
    try {
      return rate == null ? null : TaxRate.parse(rate);
    } catch (IllegalArgumentException e) {
      throw new Unprocessable("%s: %s".formatted(message.type(), e.getMessage()), e);
    }
  }
}
