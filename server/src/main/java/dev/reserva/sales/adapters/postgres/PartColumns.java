package dev.reserva.sales.adapters.postgres;

import dev.reserva.messaging.sql.Columns;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.Part;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The parts of ordered bundles in columns of arrays, which are absent for other lines. */
final class PartColumns {

  private PartColumns() {}

  /** A column of a line's parts. */
  static @Nullable String of(OrderLine line, Function<Part, ?> column) {
    return line.parts().isEmpty() ? null : Columns.literal(line.parts(), column);
  }

  /** The parts in a row. */
  static List<Part> parts(ResultSet row) throws SQLException {
    Array ids = row.getArray("part_ids");
    if (ids == null) {
      return List.of();
    }
    UUID[] products = (UUID[]) ids.getArray();
    String[] skus = (String[]) row.getArray("part_skus").getArray();
    String[] names = (String[]) row.getArray("part_names").getArray();
    Integer[] quantities = (Integer[]) row.getArray("part_quantities").getArray();
    List<Part> parts = new ArrayList<>(products.length);
    for (int i = 0; i < products.length; i++) {
      parts.add(new Part(products[i], skus[i], names[i], quantities[i]));
    }
    return parts;
  }

  /**
   * A part of a line of a return, whose lines share a row.
   *
   * @param line its place among the lines, from 0
   */
  record OfLine(int line, Part part) {

    static List<OfLine> all(List<OrderLine> lines) {
      List<OfLine> all = new ArrayList<>();
      for (int i = 0; i < lines.size(); i++) {
        for (Part part : lines.get(i).parts()) {
          all.add(new OfLine(i, part));
        }
      }
      return all;
    }

    /** The parts of a line among those in a row. */
    static List<List<Part>> byLine(ResultSet row, int lines) throws SQLException {
      List<List<Part>> byLine = new ArrayList<>(lines);
      for (int i = 0; i < lines; i++) {
        byLine.add(new ArrayList<>());
      }
      List<Part> parts = parts(row);
      if (!parts.isEmpty()) {
        Integer[] places = (Integer[]) row.getArray("part_lines").getArray();
        for (int i = 0; i < parts.size(); i++) {
          byLine.get(places[i]).add(parts.get(i));
        }
      }
      return byLine;
    }
  }

  /** A column of the parts of a return; absent if it has no bundle. */
  static @Nullable String of(Collection<OfLine> parts, Function<OfLine, ?> column) {
    return parts.isEmpty() ? null : Columns.literal(parts, column);
  }
}
