package dev.reserva.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** The name of a commit, for reports. */
public final class Commit {
  private Commit() {}

  /**
   * The commit of a folder's repository, with {@code -dirty} appended if files are changed; {@code
   * unversioned} outside a repository.
   *
   * @param results path from the repository's top; changed files below it do not count, because
   *     earlier runs write their results there
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
        Children.builder(
                Stream.concat(Stream.of("git", "-C", folder.toString()), Arrays.stream(arguments))
                    .toList())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return git.waitFor() == 0 ? output.strip() : "";
  }
}
