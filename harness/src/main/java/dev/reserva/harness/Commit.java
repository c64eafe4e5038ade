package dev.reserva.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** What was measured, as version control names it. */
public final class Commit {
  private Commit() {}

  /**
   * The commit that a folder belongs to, with {@code -dirty} behind it if something is changed, or
   * {@code unversioned}.
   *
   * @param results a path from the repository's top: what earlier runs wrote there does not change
   *     what is measured
   */
  public static String of(Path folder, String results) throws IOException, InterruptedException {
    String commit = git(folder, "rev-parse", "--short=10", "HEAD");
    if (commit.isEmpty()) {
      return "unversioned";
    }
    String changed = git(folder, "status", "--porcelain", "--", ":/", ":(exclude,top)" + results);
    return changed.isEmpty() ? commit : commit + "-dirty";
  }

  private static String git(Path folder, String... arguments)
      throws IOException, InterruptedException {
    Process git =
        new ProcessBuilder()
            .command(
                Stream.concat(Stream.of("git", "-C", folder.toString()), Arrays.stream(arguments))
                    .toList())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return git.waitFor() == 0 ? said.strip() : "";
  }
}
