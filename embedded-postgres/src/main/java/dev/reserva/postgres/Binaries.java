package dev.reserva.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs. They are unpacked once per version into a cache folder, which all data
 * folders share.
 *
 * @param home has {@code bin}, {@code lib} and {@code share}
 * @param version such as {@code 18.6.0}
 */
record Binaries(Path home, String version) {
  private static final Logger log = LoggerFactory.getLogger(Binaries.class);

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  /** The major version; a data folder belongs to one. */
  String major() {
    return version.substring(0, version.indexOf('.'));
  }

  /** Finds the programs in the cache, or unpacks them there. */
  static Binaries unpacked(Path cache) {
    String version = packedVersion();
    Path home = cache.resolve("postgres-" + version);
    if (!Files.isExecutable(home.resolve("bin/postgres"))) {
      try {
        unpack(cache, home);
      } catch (IOException e) {
        throw new PostgresFailure("PostgreSQL's programs cannot be unpacked to " + home, e);
      }
    }
    return new Binaries(home, version);
  }

  private static String packedVersion() {
    Properties properties = new Properties();
    try (InputStream in = Binaries.class.getResourceAsStream("binaries.properties")) {
      if (in == null) {
        throw new PostgresFailure("binaries.properties is missing from the jar");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new PostgresFailure("binaries.properties cannot be read", e);
    }
    return properties.getProperty("version");
  }

  /** Unpacks into a temporary folder and renames it, so that the programs appear all at once. */
  private static void unpack(Path cache, Path home) throws IOException {
    long started = System.nanoTime();
    Files.createDirectories(cache);
    Path aside = Files.createTempDirectory(cache, "unpacking-");
    try {
      extract(aside);
      Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rwxr-xr-x"));
      moveUnlessThere(aside, home);
    } finally {
      Folders.delete(aside);
    }
    log.info("postgres unpacked: folder={} ms={}", home, (System.nanoTime() - started) / 1_000_000);
  }

  private static void moveUnlessThere(Path aside, Path home) throws IOException {
    try {
      Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Another process may have unpacked the same version first.
      if (!Files.isExecutable(home.resolve("bin/postgres"))) {
        throw e;
      }
    }
  }

  private static void extract(Path target) throws IOException {
    String archive = archiveForThisMachine();
    try (InputStream packed = Binaries.class.getResourceAsStream("/" + archive)) {
      if (packed == null) {
        throw new PostgresFailure("the archive is missing from the jar: " + archive);
      }
      TarArchiveInputStream tar =
          new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)));
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(tar, entry, target);
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    Path path = target.resolve(entry.getName()).normalize();
    if (!path.startsWith(target)) {
      throw new IOException("the archive has an entry outside of its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      Files.createLink(path, target.resolve(entry.getLinkName()));
    } else {
      Files.copy(tar, path);
    }
    if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      boolean executable = (entry.getMode() & 0b001_000_000) != 0;
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }

  private static String archiveForThisMachine() {
    String os = System.getProperty("os.name");
    String arch = System.getProperty("os.arch");
    if (!os.equals("Linux") || !arch.equals("amd64")) {
      throw new PostgresFailure(
          "the embedded PostgreSQL runs on Linux amd64 only, this machine is %s %s; use an external database"
              .formatted(os, arch));
    }
    return "postgres-linux-x86_64.txz";
  }
}
