package dev.reserva.dependencies;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where advisories are read from, one at a time: a database has thousands. */
final class Advisories {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The longest of OSV's documents have some hundred kilobytes. */
  private static final long MOST_BYTES = 8L << 20;

  private Advisories() {}

  /** Those for which this project overrides a version: they hold without any database. */
  static void known(Consumer<Advisory> each) {
    try (InputStream in =
        Objects.requireNonNull(Advisories.class.getResourceAsStream("advisories.json"))) {
      JSON.readTree(in).forEach(advisory -> each.accept(Advisory.of(advisory)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param database a zip file or a folder of OSV documents, such as {@code
   *     osv-vulnerabilities.storage.googleapis.com/Maven/all.zip}
   * @return how many were read
   * @throws AuditFailure if it contains none
   */
  static int of(Path database, Consumer<Advisory> each) {
    try {
      int read = Files.isDirectory(database) ? ofFolder(database, each) : ofZip(database, each);
      if (read == 0) {
        throw new AuditFailure(database + " contains no advisory; it must hold OSV's JSON files");
      }
      return read;
    } catch (IOException e) {
      throw new AuditFailure("%s cannot be read: %s".formatted(database, e));
    }
  }

  private static int ofFolder(Path folder, Consumer<Advisory> each) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(file -> file.toString().endsWith(".json")).toList();
    }
    for (Path file : files) {
      require(file.toString(), Files.size(file));
      each.accept(Advisory.of(JSON.readTree(file)));
    }
    return files.size();
  }

  private static int ofZip(Path file, Consumer<Advisory> each) throws IOException {
    int read = 0;
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (entry.getName().endsWith(".json")) {
          require(entry.getName(), entry.getSize());
          try (InputStream in = zip.getInputStream(entry)) {
            JsonNode document = JSON.readTree(in);
            each.accept(Advisory.of(document));
          }
          read++;
        }
      }
    }
    return read;
  }

  private static void require(String name, long bytes) {
    if (bytes > MOST_BYTES) {
      throw new AuditFailure(
          "%s must have at most %d bytes, has %d".formatted(name, MOST_BYTES, bytes));
    }
  }
}
