package dev.reserva.logistics.adapters.postgres;

import dev.reserva.logistics.domain.Carriage;
import dev.reserva.logistics.domain.Line;
import dev.reserva.logistics.domain.Location;
import dev.reserva.logistics.domain.Shipment;
import dev.reserva.logistics.domain.ShipmentStatus;
import dev.reserva.messaging.sql.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads shipments from their rows, and writes their lines as arrays in SQL's own notation. */
final class ShipmentRows {

  private ShipmentRows() {}

  static Shipment shipment(ResultSet row) throws SQLException {
    return new Shipment(
        Rows.uuid(row, "id"),
        Rows.uuid(row, "order_id"),
        Rows.uuid(row, "customer_id"),
        new Location(row.getString("location")),
        row.getInt("part"),
        ShipmentStatus.valueOf(row.getString("status")),
        lines(row),
        new Carriage(row.getString("carrier"), row.getString("tracking_code")),
        Rows.instant(row, "created_at"),
        Rows.instantOrNull(row, "dispatched_at"),
        Rows.instantOrNull(row, "delivered_at"),
        Rows.instantOrNull(row, "ended_at"),
        row.getInt("version"));
  }

  private static List<Line> lines(ResultSet row) throws SQLException {
    UUID[] products = (UUID[]) row.getArray("product_ids").getArray();
    String[] skus = (String[]) row.getArray("skus").getArray();
    String[] names = (String[]) row.getArray("names").getArray();
    Integer[] ordered = (Integer[]) row.getArray("ordered").getArray();
    Integer[] quantities = (Integer[]) row.getArray("quantities").getArray();
    List<Line> lines = new ArrayList<>(products.length);
    for (int i = 0; i < products.length; i++) {
      lines.add(new Line(products[i], skus[i], names[i], ordered[i], quantities[i]));
    }
    return lines;
  }

  static String products(Shipment shipment) {
    return array(shipment, line -> line.productId().toString());
  }

  static String skus(Shipment shipment) {
    return array(shipment, line -> quoted(line.sku()));
  }

  static String names(Shipment shipment) {
    return array(shipment, line -> quoted(line.name()));
  }

  static String ordered(Shipment shipment) {
    return array(shipment, line -> Integer.toString(line.ordered()));
  }

  static String quantities(Shipment shipment) {
    return array(shipment, line -> Integer.toString(line.quantity()));
  }

  private static String array(Shipment shipment, Function<Line, String> value) {
    return shipment.lines().stream().map(value).collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
