package dev.reserva.cluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps log files small: one that has grown beyond the limit is copied to {@code NAME.log.1} and
 * emptied. Its program goes on writing, because it appends. What it writes between the copy and the
 * emptying is lost.
 */
final class LogLimit {
  static final long BYTES = 8L << 20;

  private final Path folder;
  private final long limit;

  LogLimit(Path folder, long limit) {
    this.folder = folder;
    this.limit = limit;
  }

  void apply() throws IOException {
    List<Path> logs;
    try (Stream<Path> files = Files.list(folder)) {
      logs = files.filter(file -> file.toString().endsWith(".log")).toList();
    }
    for (Path log : logs) {
      if (Files.size(log) > limit) {
        Files.copy(
            log,
            log.resolveSibling(log.getFileName() + ".1"),
            StandardCopyOption.REPLACE_EXISTING,
            StandardCopyOption.COPY_ATTRIBUTES);
        FileChannel.open(log, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
            .close();
      }
    }
  }
}
