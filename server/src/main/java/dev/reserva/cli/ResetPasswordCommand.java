package dev.reserva.cli;

import dev.reserva.customers.RescueLogin;
import dev.reserva.customers.RescueLogin.Rescued;
import dev.reserva.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Runs the customers service for a moment, without its clients, so that the database is the one and
 * in the state that the server would use.
 */
@Command(
    name = "reset-password",
    mixinStandardHelpOptions = true,
    description = {
      "Gives a member of staff a new password, removes the second factor, makes the login active"
          + " and ends its sessions. A random password is printed once.",
      "The server must be stopped if its database is the embedded one."
    })
final class ResetPasswordCommand implements Callable<Integer> {

  @Parameters(paramLabel = "USER", description = "the name of the login, such as admin")
  private String user = "";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "the server's data folder (default: reserva.data, else the folder data); with"
              + " reserva.database.url the database is that one")
  private @Nullable Path data;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "a file with the new password, instead of a random one")
  private @Nullable Path passwordFile;

  @Override
  public Integer call() {
    StartOptions options = StartOptions.of(0, data, "customers");
    String chosen = passwordFile == null ? null : read(passwordFile);
    requireFolder(options.data());
    EmbeddedPostgres.requireFree(options.data());
    List<String> arguments = new ArrayList<>(options.arguments());
    arguments.add("--reserva.http.bind-address=127.0.0.1");
    arguments.add("--spring.main.register-shutdown-hook=false");
    Rescued rescued =
        QuietStart.during(
            options.data(),
            arguments,
            server -> rescue(server.getBean(RescueLogin.class), user, chosen));
    tell(rescued);
    if (kept(rescued, options.data())) {
      System.out.printf("It is in %s too.%n", AdminPassword.file(options.data()));
    }
    return 0;
  }

  /** A start on a wrong folder would make a new database there. */
  private static void requireFolder(Path data) {
    if (!Files.isDirectory(data)) {
      throw new CommandFailure(
          "there is no data folder %s (--data names the folder)".formatted(data));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new CommandFailure("the password cannot be read from %s: %s".formatted(file, e), e);
    }
  }

  private static Rescued rescue(RescueLogin rescuing, String user, @Nullable String chosen) {
    try {
      return rescuing
          .rescue(user, chosen)
          .orElseThrow(() ->
              new CommandFailure(
                  "there is no member of staff %s; there are %s"
                      .formatted(user, String.join(", ", rescuing.names()))));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /** The file that the first start wrote names the password of today, or it would mislead. */
  private static boolean kept(Rescued rescued, Path data) {
    Path file = AdminPassword.file(data);
    if (!rescued.username().equals(AdminPassword.USERNAME)
        || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      Files.writeString(file, rescued.password() + System.lineSeparator());
      return true;
    } catch (IOException e) {
      System.err.printf("reserva: %s has the old password still: %s%n", file, e);
      return false;
    }
  }

  private void tell(Rescued rescued) {
    System.out.printf(
        "The login %s (%s) is active and has a new password and no second factor; its sessions"
            + " have ended.%n",
        rescued.username(), String.join(", ", rescued.roles()));
    if (passwordFile == null) {
      System.out.printf("Password: %s%n", rescued.password());
    }
  }
}
