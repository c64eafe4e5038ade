package dev.reserva.cli;

import dev.reserva.cli.AskedServer.Report;
import dev.reserva.cli.api.Integrity;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Counts every invariant of a running server.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every invariant holds",
      "1:one is broken",
      "2:the server cannot be reached or asked"
    })
final class VerifyCommand implements Callable<Integer> {

  @Mixin private AskedServer server = new AskedServer();

  @Override
  public Integer call() {
    return server.show(api -> report(api.integrity()));
  }

  private static Report report(Integrity integrity) {
    return new Report(IntegrityReport.of(integrity), integrity.ok());
  }
}
