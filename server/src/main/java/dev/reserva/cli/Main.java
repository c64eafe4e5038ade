package dev.reserva.cli;

import dev.reserva.cli.api.UnexpectedReply;
import dev.reserva.postgres.DataFolderInUse;
import dev.reserva.postgres.PostgresFailure;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The program, with a subcommand for each of its uses. */
@Command(
    name = "reserva",
    description = "An order and stock platform that never oversells and never loses an order.",
    subcommands = {
      UpCommand.class,
      GatewayCommand.class,
      DemoCommand.class,
      ReplayCommand.class,
      VerifyCommand.class,
      LintTopologyCommand.class,
      AdminCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Main implements Runnable {

  /** Exit code: an invariant is broken, a step did not end as expected, a server did not start. */
  static final int FAILED = 1;

  /** Exit code: wrong usage, or the server cannot be reached. */
  static final int NOT_ASKED = 2;

  Main() {}

  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Runs a command line; returns its exit code. */
  static int execute(String... arguments) {
    return new CommandLine(new Main())
        .setParameterExceptionHandler(Main::wrongUsage)
        .setExecutionExceptionHandler((failure, command, _) -> told(failure, command))
        .execute(arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(
        new CommandLine(this),
        "a command is needed: up, gateway, demo, replay, verify, lint-topology, admin");
  }

  /** Prints what is wrong and where help is, instead of the whole help. */
  private static int wrongUsage(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("reserva: " + wrong.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
    err.printf("See: %s --help%n", command.getCommandSpec().qualifiedName());
    return NOT_ASKED;
  }

  /** Prints a failure that users can act on in a few lines. A bug keeps its stack trace. */
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
