package dev.reserva.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The README's table of properties. */
public final class ConfigurationTable {

  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `(reserva\\.[a-z.-]+)` \\| (?:`([^`]*)`|([^|]*)) \\|", Pattern.MULTILINE);

  private ConfigurationTable() {}

  /** Each property with its default; empty where that is described in words. */
  public static SortedMap<String, String> read() throws IOException {
    SortedMap<String, String> documented = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("..", "README.md")));
    while (row.find()) {
      documented.put(row.group(1), row.group(2) == null ? "" : row.group(2));
    }
    return documented;
  }
}
