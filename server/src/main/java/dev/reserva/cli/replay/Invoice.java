package dev.reserva.cli.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All lines of one invoice.
 *
 * @param lines in the file's order, at least one
 */
record Invoice(String number, List<Line> lines) {

  Invoice {
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("lines must be at least 1, were 0");
    }
    lines = List.copyOf(lines);
  }

  List<Line.Sale> sales() {
    return only(Line.Sale.class);
  }

  List<Line.Return> returns() {
    return only(Line.Return.class);
  }

  List<Line.Skipped> skipped() {
    return only(Line.Skipped.class);
  }

  private <T extends Line> List<T> only(Class<T> kind) {
    List<T> found = new ArrayList<>();
    lines.stream().filter(kind::isInstance).map(kind::cast).forEach(found::add);
    return found;
  }

  /** The customer that one of its lines names. */
  Optional<String> customer() {
    return lines.stream()
        .flatMap(line ->
            switch (line) {
              case Line.Sale sale -> sale.customer().stream();
              case Line.Return back -> back.customer().stream();
              case Line.Skipped _ -> Stream.<String>empty();
            })
        .findFirst();
  }

  /** What is ordered: the quantities of the same SKU are summed. */
  Map<String, Integer> soldPieces() {
    Map<String, Integer> pieces = new LinkedHashMap<>();
    sales().forEach(sale -> pieces.merge(sale.sku(), sale.quantity(), Math::addExact));
    return pieces;
  }

  /** What is returned: the quantities of the same SKU are summed. */
  Map<String, Integer> returnedPieces() {
    Map<String, Integer> pieces = new LinkedHashMap<>();
    returns().forEach(back -> pieces.merge(back.sku(), back.quantity(), Math::addExact));
    return pieces;
  }
}
