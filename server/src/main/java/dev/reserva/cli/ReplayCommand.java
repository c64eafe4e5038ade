package dev.reserva.cli;

import dev.reserva.cli.api.ReservaApi;
import dev.reserva.cli.replay.Replay;
import java.io.Console;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Replays a real shop's history through the HTTP API, and accounts for every line of it.",
      "Without --url it starts a server of its own on a temporary database."
    },
    footerHeading = "%n",
    footer = {
      "The files have the columns of: Daqing Chen, \"Online Retail\", UCI Machine Learning",
      "Repository, 2015, doi 10.24432/C5BW33, licence CC BY 4.0."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every line is accounted for, every request was answered, every invariant holds",
      "1:otherwise",
      "2:wrong usage"
    })
final class ReplayCommand implements Callable<Integer> {

  /** More than the shop's whole year of any product. */
  private static final int AMPLE = 1_000_000;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE.csv[.gz]",
      description = "the history, in the order of time")
  private List<Path> files = List.of();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "a running server (default: one of its own)")
  private @Nullable URI url;

  @Option(
      names = "--data",
      defaultValue = "data",
      paramLabel = "DIR",
      description =
          "with --url: the server's data folder, for the administrator's password (default:"
              + " ./${DEFAULT-VALUE}); RESERVA_ADMIN_PASSWORD or RESERVA_API_KEY serves as well")
  private Path data = Path.of("data");

  @Option(
      names = "--stock",
      defaultValue = "ample",
      paramLabel = "ample|N",
      description = "pieces that each product has at first (default: ${DEFAULT-VALUE})")
  private String stock = "ample";

  @Option(
      names = "--rate",
      defaultValue = "max",
      paramLabel = "N|max",
      description = "orders per second (default: ${DEFAULT-VALUE})")
  private String rate = "max";

  @Option(
      names = "--locations",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "locations among which the products are distributed, 1..10 (default: ${DEFAULT-VALUE})")
  private int locations = 1;

  @Override
  public Integer call() {
    if (locations < 1 || locations > 10) {
      throw wrong("--locations must be 1..10, was " + locations);
    }
    Replay.Options options = new Replay.Options(pieces(), ordersPerSecond(), locations);
    if (url != null) {
      try (ReservaApi api = ServerAccess.to(url, data)) {
        return replay(api, options);
      }
    }
    System.out.println("Starting Reserva on a database of its own ...");
    try (LocalServer server = LocalServer.start(0);
        ReservaApi api = server.admin()) {
      return replay(api, options);
    }
  }

  private int replay(ReservaApi api, Replay.Options options) {
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return new Replay(api, options, System.out, terminal).run(files) ? 0 : Main.FAILED;
  }

  private int pieces() {
    if (stock.equals("ample")) {
      return AMPLE;
    }
    if (!stock.matches("[0-9]{1,7}") || Integer.parseInt(stock) > AMPLE) {
      throw wrong("--stock must be ample or 0..%d, was %s".formatted(AMPLE, stock));
    }
    return Integer.parseInt(stock);
  }

  private OptionalDouble ordersPerSecond() {
    if (rate.equals("max")) {
      return OptionalDouble.empty();
    }
    if (!rate.matches("[0-9]{1,6}([.][0-9]{1,3})?") || Double.parseDouble(rate) <= 0) {
      throw wrong("--rate must be max or above 0 and below 1000000, was " + rate);
    }
    return OptionalDouble.of(Double.parseDouble(rate));
  }

  private ParameterException wrong(String message) {
    CommandLine command = spec == null ? new CommandLine(this) : spec.commandLine();
    return new ParameterException(command, message);
  }
}
