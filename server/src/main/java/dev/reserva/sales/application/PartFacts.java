package dev.reserva.sales.application;

import dev.reserva.contracts.SalesEvent;
import dev.reserva.sales.domain.OrderLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of ordered bundles in the published language. */
final class PartFacts {

  private PartFacts() {}

  /** What one unit of a line consists of; absent if it is no bundle. */
  static @Nullable List<SalesEvent.Part> parts(OrderLine line) {
    return line.parts().isEmpty()
        ? null
        : line.parts().stream()
            .map(part -> new SalesEvent.Part(part.productId(), part.quantity()))
            .toList();
  }
}
