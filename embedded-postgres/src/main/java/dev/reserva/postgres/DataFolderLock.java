package dev.reserva.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file lock on a data folder. At most one process holds it, and the operating system releases it
 * however that process ends. The file contains the holder's process id, for the error message of a
 * second process.
 */
final class DataFolderLock implements AutoCloseable {

  /**
   * Folders that this JVM has locked. POSIX drops all of a process's locks on a file when the
   * process closes any descriptor of it, so a second attempt in this JVM must not open the file.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private DataFolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * @param folder an existing folder, as a real path
   * @throws DataFolderInUse if the folder is locked already
   */
  static DataFolderLock acquire(Path folder) throws IOException {
    String self = String.valueOf(ProcessHandle.current().pid());
    if (!HELD_HERE.add(folder)) {
      throw new DataFolderInUse(folder, self);
    }
    Path file = folder.resolve("lock");
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new DataFolderInUse(folder, Files.readString(file).strip());
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((self + "\n").getBytes(StandardCharsets.US_ASCII)));
      return new DataFolderLock(folder, channel);
    } catch (IOException | RuntimeException e) {
      HELD_HERE.remove(folder);
      if (channel != null) {
        channel.close();
      }
      throw e;
    }
  }

  /** The id of the process that has locked the folder; empty if none has. */
  static Optional<String> holder(Path folder) throws IOException {
    Path file = folder.resolve("lock");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Path held = folder.toRealPath();
    if (HELD_HERE.contains(held)) {
      return Optional.of(String.valueOf(ProcessHandle.current().pid()));
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD_HERE.remove(folder);
  }
}
