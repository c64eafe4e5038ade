package dev.reserva.cli;

import dev.reserva.cli.api.ReservaApi;
import dev.reserva.cli.api.UnexpectedReply;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The running server that a command asks for a report, and how it tells of the answer. */
final class AskedServer {

  @Option(
      names = "--url",
      defaultValue = "http://localhost:8080",
      paramLabel = "URL",
      description = "the server (default: ${DEFAULT-VALUE})")
  private URI url = URI.create("http://localhost:8080");

  @Option(
      names = "--data",
      defaultValue = "data",
      paramLabel = "DIR",
      description =
          "the server's data folder, for the administrator's password (default: ./${DEFAULT-VALUE});"
              + " RESERVA_ADMIN_PASSWORD or RESERVA_API_KEY serves as well")
  private Path data = Path.of("data");

  /**
   * What a server has reported.
   *
   * @param text to be shown
   * @param ok whether all is as it should be
   */
  record Report(String text, boolean ok) {}

  /**
   * Asks once, and shows the report or why there is none.
   *
   * @return the exit status: 0, {@link Main#FAILED} if the report is not ok, {@link Main#NOT_ASKED}
   *     if the server cannot be reached or asked
   */
  int show(Function<ReservaApi, Report> question) {
    Report report;
    try (ReservaApi api = ServerAccess.to(url, data).once()) {
      report = question.apply(api);
    } catch (UnexpectedReply | CommandFailure e) {
      System.err.println("reserva: " + e.getMessage());
      return Main.NOT_ASKED;
    }
    System.out.print(report.text());
    return report.ok() ? 0 : Main.FAILED;
  }
}
