package dev.reserva.cluster;

import dev.reserva.postgres.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The data folder of a cluster. Database and secrets have the places that they have in the data
 * folder of a server with all services, so a folder of {@code ./reserva up} can be continued with
 * {@code --transport postgres}, and the other way round.
 */
final class ClusterFolder {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final String TRANSPORT = "transport";
  private static final String ADMIN_PASSWORD = "admin-password";
  private static final int SECRET_BYTES = 32;

  private final Path path;

  private ClusterFolder(Path path) {
    this.path = path;
  }

  /**
   * Opens the folder, or creates it, readable by its owner only.
   *
   * @throws ClusterFailure if it cannot be written, or has the data of another transport: services
   *     would not find what they had
   */
  static ClusterFolder open(Path data, Transport transport) {
    try {
      ClusterFolder folder = new ClusterFolder(Folders.createPrivate(data.toAbsolutePath()));
      folder.requireTransport(transport);
      Folders.createPrivate(folder.logs());
      return folder;
    } catch (IOException e) {
      throw new ClusterFailure("the data folder %s cannot be written: %s".formatted(data, e), e);
    }
  }

  private void requireTransport(Transport transport) throws IOException {
    Path file = path.resolve(TRANSPORT);
    if (Files.exists(file)) {
      String earlier = Files.readString(file).strip();
      if (!earlier.equals(transport.label())) {
        throw new ClusterFailure(
            "the data in %s belong to a cluster with --transport %s; choose another folder with --data"
                .formatted(path, earlier));
      }
    } else if (transport.hasBroker() && Files.exists(path.resolve("postgres"))) {
      throw new ClusterFailure(
          "the data in %s belong to a server whose services share one database; choose another"
                  .formatted(path)
              + " folder with --data");
    } else {
      Files.writeString(file, transport.label() + "\n");
    }
  }

  Path path() {
    return path;
  }

  Path logs() {
    return path.resolve("logs");
  }

  Path log(String name) {
    return logs().resolve(name + ".log");
  }

  /** The folder of a process's own files, or of a broker's data. */
  Path of(String name) throws IOException {
    return Folders.createPrivate(path.resolve("nodes").resolve(name));
  }

  /** The files of the secrets that the plan generates, by property. */
  Map<String, Path> secrets(ClusterPlan plan) throws IOException {
    Map<String, Path> files = new LinkedHashMap<>();
    for (Map.Entry<String, String> each : plan.generatedSecrets().entrySet()) {
      Path file = path.resolve(each.getValue());
      if (!Files.exists(file)) {
        write(file, random(ClusterPlan.signsWebhooks(each.getKey())));
      }
      files.put(each.getKey(), file);
    }
    return files;
  }

  private static String random(boolean webhook) {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return webhook
        ? "whsec_" + Base64.getEncoder().encodeToString(bytes)
        : HexFormat.of().formatHex(bytes);
  }

  /** A crash never leaves a part of a secret. Nobody else writes: the database's lock is held. */
  private static void write(Path file, String secret) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(aside);
    Files.createFile(aside, OWNER_ONLY);
    Files.writeString(aside, secret + "\n");
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  Path adminPassword() {
    return path.resolve(ADMIN_PASSWORD);
  }

  /**
   * Takes the administrator's password from the folder of the process that has generated it, which
   * it did if there was no administrator yet and the caller gave no password.
   */
  void takeAdminPassword(String process) throws IOException {
    Path generated = of(process).resolve(ADMIN_PASSWORD);
    if (Files.exists(generated)) {
      Files.move(generated, adminPassword(), StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
