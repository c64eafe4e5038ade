package dev.reserva.bench;

import java.nio.file.Path;

/**
 * A version of the server in a comparison.
 *
 * @param name the commit, or another name
 * @param jar the packaged program, with its libraries beside it
 */
record Version(String name, Path jar) {
  private static final int LONGEST_NAME = 60;

  Version {
    if (!name.matches("[A-Za-z0-9._-]{1," + LONGEST_NAME + "}")) {
      throw new BenchFailure(
          "a version's name must be 1..%d letters, digits, dots, underscores or hyphens, was '%s'"
              .formatted(LONGEST_NAME, name));
    }
  }

  /** Names a version by the folder of its file, or else by the file. */
  static Version of(Path jar) {
    Path folder = jar.toAbsolutePath().normalize().getParent();
    String name =
        String.valueOf(folder == null ? jar.getFileName() : folder.getFileName())
            .replaceAll("[^A-Za-z0-9._-]", "-");
    return new Version(name.substring(0, Math.min(LONGEST_NAME, name.length())), jar);
  }
}
