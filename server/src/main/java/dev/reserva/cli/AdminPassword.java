package dev.reserva.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the administrator's password is found. */
final class AdminPassword {
  static final String USERNAME = "admin";

  private static final String VARIABLE = "RESERVA_ADMIN_PASSWORD";

  private AdminPassword() {}

  /** Where a server writes the password that it made up. */
  static Path file(Path data) {
    return data.resolve("admin-password");
  }

  /**
   * Reads the password from the environment, or else from the server's data folder.
   *
   * @throws CommandFailure if it is in neither
   */
  static String find(Path data) {
    String given = System.getenv(VARIABLE);
    if (given != null && !given.isBlank()) {
      return given;
    }
    Path file = file(data);
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
