package dev.reserva.cli;

import dev.reserva.cli.api.ReservaApi;
import dev.reserva.cli.api.Topology;
import dev.reserva.cli.api.UnexpectedReply;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "lint-topology",
    mixinStandardHelpOptions = true,
    description =
        "Checks whether every event of a running server has a way to those who consume it.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:there is no finding",
      "1:there is a finding",
      "2:the server cannot be reached or asked"
    })
final class LintTopologyCommand implements Callable<Integer> {

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

  @Override
  public Integer call() {
    Topology topology;
    try (ReservaApi api = ServerAccess.to(url, data).once()) {
      topology = api.topology();
    } catch (UnexpectedReply | CommandFailure e) {
      System.err.println("reserva: " + e.getMessage());
      return Main.NOT_ASKED;
    }
    System.out.print(TopologyReport.of(topology));
    return topology.ok() ? 0 : Main.FAILED;
  }
}
