package dev.reserva.platform.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The folder of this installation's own files: the embedded database, generated secrets.
 *
 * @param path created when it is first needed
 */
public record DataFolder(Path path) {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /**
   * A secret that is generated once: it is read from its file, or generated and written to the file
   * with mode 600.
   *
   * @param name of the file in this folder
   */
  public String secret(String name, Supplier<String> generator) {
    Path file = path.resolve(name);
    try {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        writeOnce(file, generator.get());
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the file %s in the data folder cannot be read or written".formatted(file), e);
    }
  }

  /** Writes a temporary file and links it, so that a crash never leaves a partial secret. */
  private void writeOnce(Path file, String secret) throws IOException {
    Files.createDirectories(path);
    Path aside = Files.createTempFile(path, file.getFileName() + "-", ".new", OWNER_ONLY);
    try {
      Files.writeString(aside, secret + "\n");
      Files.createLink(file, aside); // unlike a move, it fails when another process was first
    } catch (FileAlreadyExistsException e) {
      return; // another process was first, and its secret is used
    } catch (UnsupportedOperationException e) {
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
