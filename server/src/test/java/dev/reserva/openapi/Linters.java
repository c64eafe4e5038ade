package dev.reserva.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Redocly's, Spectral's and AsyncAPI's linters, as {@code src/test/npm} pins them. They are
 * installed into {@code target/npm} when they are used for the first time; from then on nothing is
 * fetched.
 */
public final class Linters {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Path PINNED = Path.of("src", "test", "npm");
  private static final Path INSTALLED = Path.of("target", "npm").toAbsolutePath();
  private static final String LOCK = "package-lock.json";
  private static final int INSTALL_MINUTES = 5;
  private static final int LINT_MINUTES = 2;

  private Linters() {}

  /** Errors and warnings by Redocly's recommended rules. */
  public static List<String> redocly(String document) {
    Path file = written("openapi.json", document);
    String report =
        run(
            LINT_MINUTES,
            bin("redocly"),
            "lint",
            "--config=redocly.yaml",
            "--format=json",
            "--max-problems=1000",
            file.toString());
    List<String> found = new ArrayList<>();
    for (JsonNode problem : JSON.readTree(report).path("problems")) {
      found.add(
          "%s %s at %s: %s"
              .formatted(
                  problem.path("severity").asString(),
                  problem.path("ruleId").asString(),
                  problem.path("location").path(0).path("pointer").asString(""),
                  problem.path("message").asString()));
    }
    return found;
  }

  /** Errors, warnings and hints by Spectral's rules for OpenAPI. */
  public static List<String> spectral(String document) {
    Path file = written("openapi.json", document);
    String report =
        run(
            LINT_MINUTES,
            bin("spectral"),
            "lint",
            "--ruleset=spectral.yaml",
            "--format=json",
            "--quiet",
            file.toString());
    List<String> found = new ArrayList<>();
    for (JsonNode problem : JSON.readTree(report)) {
      found.add(
          "%s at %s: %s"
              .formatted(
                  problem.path("code").asString(),
                  problem.path("path"),
                  problem.path("message").asString()));
    }
    return found;
  }

  /** Errors, warnings and hints by AsyncAPI's parser. */
  public static List<String> asyncApi(String document) {
    Path file = written("asyncapi.json", document);
    return run(LINT_MINUTES, "node", "asyncapi.mjs", file.toString()).lines().toList();
  }

  private static String bin(String program) {
    return INSTALLED.resolve("node_modules").resolve(".bin").resolve(program).toString();
  }

  private static Path written(String name, String document) {
    install();
    try {
      return Files.writeString(INSTALLED.resolve(name), document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Installs what is pinned, unless just that is installed. */
  private static synchronized void install() {
    Path done = INSTALLED.resolve("node_modules").resolve(LOCK);
    try {
      Files.createDirectories(INSTALLED);
      try (var pinned = Files.list(PINNED)) {
        for (Path file : pinned.filter(Files::isRegularFile).toList()) {
          Files.copy(
              file, INSTALLED.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      if (Files.exists(done) && Files.mismatch(done, PINNED.resolve(LOCK)) < 0) {
        return;
      }
      run(
          INSTALL_MINUTES,
          "npm",
          "ci",
          "--ignore-scripts",
          "--no-audit",
          "--no-fund",
          "--prefer-offline");
      Files.copy(PINNED.resolve(LOCK), done, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What a program prints; its exit status only tells whether it found something.
   *
   * @throws AssertionError when it cannot be run, takes too long, or prints nothing but errors
   */
  private static String run(int minutes, String... command) {
    Path output = INSTALLED.resolve("output.txt");
    Path errors = INSTALLED.resolve("errors.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(INSTALLED.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().put("REDOCLY_TELEMETRY", "off");
    builder.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
    try {
      Process process = builder.start();
      if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw failed(command, "it did not end within %d minutes".formatted(minutes));
      }
      String printed = Files.readString(output, StandardCharsets.UTF_8);
      boolean installing = command[0].equals("npm");
      if (process.exitValue() != 0 && (installing || printed.isBlank())) {
        throw failed(command, Files.readString(errors, StandardCharsets.UTF_8));
      }
      return printed;
    } catch (IOException e) {
      throw failed(command, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AssertionError failed(String[] command, String why) {
    return new AssertionError(
        ("the documents cannot be linted: %s failed: %s. Node 20 or newer and npm must be on the"
                + " PATH, and npm must reach its registry the first time")
            .formatted(Arrays.asList(command), why.strip()));
  }
}
