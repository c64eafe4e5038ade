package dev.reserva.torture.environment;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A small file system in memory that can be filled. */
public final class SmallDisk implements AutoCloseable {
  private static final int CHUNK = 1 << 20;

  private final Path folder;
  private final Path ballast;

  private SmallDisk(Path folder) {
    this.folder = folder;
    this.ballast = folder.resolve("ballast");
  }

  /** The reason why no file system can be mounted here; empty if one can. */
  public static Optional<String> obstacle() {
    return "root".equals(System.getProperty("user.name"))
        ? Optional.empty()
        : Optional.of("mounting a small file system needs root");
  }

  /**
   * @throws TortureFailure if the system refuses to mount it
   */
  public static SmallDisk mount(Path folder, int mebibytes)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    run(
        List.of(
            "mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString()));
    return new SmallDisk(folder);
  }

  public Path folder() {
    return folder;
  }

  /** Writes until the file system is full; returns the number of bytes written. */
  public long fill() throws IOException {
    byte[] chunk = new byte[CHUNK];
    long written = 0;
    try (OutputStream out = Files.newOutputStream(ballast)) {
      for (int size = CHUNK; size > 0; ) {
        try {
          out.write(chunk, 0, size);
          written += size;
        } catch (IOException full) {
          size /= 2;
        }
      }
    }
    return written;
  }

  public long freeBytes() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  public void free() throws IOException {
    Files.deleteIfExists(ballast);
  }

  @Override
  public void close() throws IOException {
    try {
      run(List.of("umount", "--lazy", folder.toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new TortureFailure(String.join(" ", command) + ": " + output.strip());
    }
  }
}
