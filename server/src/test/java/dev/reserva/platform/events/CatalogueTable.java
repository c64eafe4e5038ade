package dev.reserva.platform.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The table of events in docs/events.md. */
public final class CatalogueTable {

  private static final Path PAGE = Path.of("../docs/events.md");
  private static final String NOBODY = "(record only)";

  private CatalogueTable() {}

  /**
   * @param consumers names of subscriptions; empty where the event is only for the record
   */
  public record Row(String type, String publishedWhen, Set<String> consumers, String schema) {}

  public static List<Row> read() {
    try {
      return Files.readAllLines(PAGE).stream()
          .filter(line -> line.matches("\\| `[a-z]+\\.[a-z_.0-9]+` \\|.*"))
          .map(CatalogueTable::row)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String line) {
    List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
    String consumers = cells.get(3);
    return new Row(
        cells.get(1).replace("`", ""),
        cells.get(2),
        consumers.equals(NOBODY) ? Set.of() : new TreeSet<>(List.of(consumers.split(", ", -1))),
        cells.get(4));
  }
}
