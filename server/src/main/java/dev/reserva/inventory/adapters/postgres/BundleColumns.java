package dev.reserva.inventory.adapters.postgres;

import dev.reserva.inventory.domain.Bundle;
import dev.reserva.inventory.domain.Line;
import dev.reserva.messaging.sql.Columns;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The parts of a bundle in two columns, which are absent for other products. */
final class BundleColumns {

  private BundleColumns() {}

  static @Nullable String products(Bundle bundle) {
    return bundle.isNone() ? null : Columns.literal(bundle.parts(), Line::productId);
  }

  static @Nullable String quantities(Bundle bundle) {
    return bundle.isNone() ? null : Columns.literal(bundle.parts(), Line::quantity);
  }

  static Bundle bundle(ResultSet row) throws SQLException {
    Array array = row.getArray("bundle_products");
    if (array == null) {
      return Bundle.NONE;
    }
    UUID[] products = (UUID[]) array.getArray();
    Integer[] quantities = (Integer[]) row.getArray("bundle_quantities").getArray();
    List<Line> parts = new ArrayList<>(products.length);
    for (int i = 0; i < products.length; i++) {
      parts.add(new Line(products[i], quantities[i]));
    }
    return new Bundle(parts);
  }
}
