package dev.reserva.cli;

import dev.reserva.Reserva;
import dev.reserva.postgres.Folders;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts a server and keeps the terminal quiet meanwhile. What the start prints goes to a file in
 * the data folder. When the server is up, the terminal gets it all and the file is deleted; when
 * the start fails, the reason takes a few lines and the file stays.
 */
final class QuietStart {

  /** Of the log of a start that failed, in the data folder. */
  static final String LOG = "start.log";

  /** Twice what a start takes on a slow machine. */
  private static final Duration USUAL = Duration.ofSeconds(15);

  private QuietStart() {}

  /**
   * @param arguments such as {@code --reserva.data=data}
   * @throws CommandFailure if the server does not start; its message has at most five lines
   */
  static ConfigurableApplicationContext run(Path data, List<String> arguments) {
    return run(data, arguments, USUAL);
  }

  /**
   * The same for a gateway, which has no data folder: its log is a temporary file.
   *
   * @throws CommandFailure if the gateway does not start; its message has at most five lines
   */
  static ConfigurableApplicationContext runGateway(List<String> arguments) {
    return run(elsewhere(), arguments, USUAL, Reserva::startGateway);
  }

  /**
   * @param usual a start that takes longer says so once
   */
  static ConfigurableApplicationContext run(Path data, List<String> arguments, Duration usual) {
    return run(logIn(data), arguments, usual, Reserva::start);
  }

  private static ConfigurableApplicationContext run(
      Path log,
      List<String> arguments,
      Duration usual,
      Function<String[], ConfigurableApplicationContext> start) {
    PrintStream terminal = System.out;
    PrintStream errors = System.err;
    Thread news = newsOfALongStart(terminal, log, usual);
    try (OutputStream file = Files.newOutputStream(log);
        PrintStream quiet = new PrintStream(file, true, StandardCharsets.UTF_8)) {
      System.setOut(quiet);
      System.setErr(quiet);
      ConfigurableApplicationContext context;
      try {
        context = start.apply(arguments.toArray(String[]::new));
      } finally {
        news.interrupt();
        System.setOut(terminal);
        System.setErr(errors);
      }
      Files.copy(log, terminal);
      Files.deleteIfExists(log);
      return context;
    } catch (RuntimeException e) {
      throw CommandFailure.ofStart(e, log);
    } catch (IOException e) {
      throw new CommandFailure("the log %s cannot be written: %s".formatted(log, e), e);
    }
  }

  /**
   * Runs a server while some work is done and keeps the terminal quiet until it has stopped. The
   * log is deleted unless the start or the work fails.
   *
   * @throws CommandFailure if the server does not start; its message has at most five lines
   */
  static <T> T during(
      Path data, List<String> arguments, Function<ConfigurableApplicationContext, T> work) {
    PrintStream terminal = System.out;
    PrintStream errors = System.err;
    Path log = logIn(data);
    try (OutputStream file = Files.newOutputStream(log);
        PrintStream quiet = new PrintStream(file, true, StandardCharsets.UTF_8)) {
      System.setOut(quiet);
      System.setErr(quiet);
      T result;
      try (ConfigurableApplicationContext context = started(arguments, log)) {
        result = work.apply(context);
      } finally {
        System.setOut(terminal);
        System.setErr(errors);
      }
      Files.deleteIfExists(log);
      return result;
    } catch (IOException e) {
      throw new CommandFailure("the log %s cannot be written: %s".formatted(log, e), e);
    }
  }

  private static ConfigurableApplicationContext started(List<String> arguments, Path log) {
    try {
      return Reserva.start(arguments.toArray(String[]::new));
    } catch (RuntimeException e) {
      throw CommandFailure.ofStart(e, log);
    }
  }

  private static Path logIn(Path data) {
    try {
      return Folders.createPrivate(data).resolve(LOG);
    } catch (IOException e) {
      return elsewhere(); // whether the server needs the folder, its start finds out
    }
  }

  private static Path elsewhere() {
    try {
      return Files.createTempFile("reserva-", "-" + LOG);
    } catch (IOException e) {
      throw new CommandFailure(
          "neither the data folder nor %s can be written"
              .formatted(System.getProperty("java.io.tmpdir")),
          e);
    }
  }

  private static Thread newsOfALongStart(PrintStream terminal, Path log, Duration usual) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            Thread.sleep(usual);
            terminal.printf("Reserva is still starting; see %s%n", log);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is up, or has failed
          }
        });
  }
}
