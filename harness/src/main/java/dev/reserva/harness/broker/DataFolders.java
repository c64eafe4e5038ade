package dev.reserva.harness.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Deletes folders of brokers that do not run. */
final class DataFolders {
  private DataFolders() {}

  /** Deletes the folder with its contents. Does nothing if it does not exist. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> contentsFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      contentsFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : contentsFirst) {
      Files.delete(each);
    }
  }
}
