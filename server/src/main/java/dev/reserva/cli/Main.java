package dev.reserva.cli;

import dev.reserva.cli.api.UnexpectedReply;
import dev.reserva.postgres.DataFolderInUse;
import dev.reserva.postgres.PostgresFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The program: one subcommand for each thing that it can be. */
@Command(
    name = "reserva",
    description = "An order and stock platform that never oversells and never loses an order.",
    subcommands = {
      UpCommand.class,
      DemoCommand.class,
      ReplayCommand.class,
      VerifyCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main implements Runnable {

  /**
   * Something said no: an invariant is broken, a step was not as told, the server did not start.
   */
  static final int FAILED = 1;

  /** The question could not even be asked: wrong usage, or nobody answers. */
  static final int NOT_ASKED = 2;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Runs a command line; returns its exit code. */
  static int execute(String... arguments) {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler((failure, command, _) -> told(failure, command))
        .execute(arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(
        new CommandLine(this), "a command is needed: up, demo, replay, verify");
  }

  /** What users can act on is told in a line; a bug keeps its stack trace. */
  private static int told(Exception failure, CommandLine command) throws Exception {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataFolderInUse
          || cause instanceof PostgresFailure
          || cause instanceof UnexpectedReply
          || cause instanceof CommandFailure) {
        command.getErr().println("reserva: " + cause.getMessage());
        return FAILED;
      }
    }
    throw failure;
  }
}
