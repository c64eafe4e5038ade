package dev.reserva.cli;

import dev.reserva.cli.AskedServer.Report;
import dev.reserva.cli.api.Topology;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

  @Mixin private AskedServer server = new AskedServer();

  @Override
  public Integer call() {
    return server.show(api -> report(api.topology()));
  }

  private static Report report(Topology topology) {
    return new Report(TopologyReport.of(topology), topology.ok());
  }
}
