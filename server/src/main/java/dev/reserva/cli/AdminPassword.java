package dev.reserva.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where the administrator's password is found. */
final class AdminPassword {
  static final String USERNAME = "admin";

  private static final String VARIABLE = "RESERVA_ADMIN_PASSWORD";
  private static final String FILE_VARIABLE = VARIABLE + "_FILE";

  private AdminPassword() {}

  /** Where a server writes the password that it made up. */
  static Path file(Path data) {
    return data.resolve("admin-password");
  }

  /**
   * Reads the password from the environment, or from the file that the environment names, or else
   * from the server's data folder.
   *
   * @throws CommandFailure if it is in neither
   */
  static String find(Path data) {
    return find(data, System.getenv());
  }

  static String find(Path data, Map<String, String> environment) {
    String given = environment.getOrDefault(VARIABLE, "");
    if (!given.isBlank()) {
      return given;
    }
    String named = environment.getOrDefault(FILE_VARIABLE, "");
    Path file = named.isBlank() ? file(data) : Path.of(named);
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new CommandFailure(
          "the administrator's password is neither in %s nor in %s (--data names the folder)"
              .formatted(VARIABLE, file),
          e);
    }
  }
}
