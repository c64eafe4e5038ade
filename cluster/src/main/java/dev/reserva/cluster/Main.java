package dev.reserva.cluster;

import dev.reserva.harness.HarnessFailure;
import dev.reserva.harness.Ports;
import dev.reserva.postgres.DataFolderInUse;
import dev.reserva.postgres.PostgresFailure;
import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The command line. */
@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a whole split system on this machine and keeps it running: a process for each service,",
      "their databases and broker, and a gateway that serves everything under one port.",
      "Ctrl-C ends all of it. Variables RESERVA_… and RESERVA_JAVA_OPTS reach all processes."
    })
final class Main implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final int KILLED_BY_TERM = 128 + 15;

  /** Then all that still runs is killed. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(14);

  /** Variables of the launcher. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of(
          "RESERVA_CACHE",
          "RESERVA_HISTORY",
          "RESERVA_JAVA_HOME",
          "RESERVA_JAVA_OPTS",
          "RESERVA_VULNERABILITIES");

  @Option(
      names = "--transport",
      required = true,
      paramLabel = "postgres|rabbitmq|kafka",
      converter = TransportNames.class,
      description =
          "what brings events from process to process: one database of all, or a broker between the"
              + " databases of the services")
  private Transport transport = Transport.POSTGRES;

  @Option(
      names = "--instances",
      paramLabel = "LIST",
      description =
          "how many processes services have, such as sales=2,inventory=2 (default: one each)")
  private String instances = "";

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "port of the gateway (default: ${DEFAULT-VALUE})")
  private int port = 8080;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "folder of the databases, the broker's data, the secrets and the logs (default:"
              + " data/cluster/TRANSPORT)")
  private @Nullable Path data;

  @Option(
      names = "--broker",
      paramLabel = "URI",
      description =
          "the broker to use, amqp[s]://host[:port][/virtual-host] or host:port of Kafka (default: a"
              + " private one)")
  private @Nullable String broker;

  @Option(
      names = "--server",
      required = true,
      paramLabel = "JAR",
      description = "the server's packaged program; the launcher gives it")
  private Path server = Path.of("reserva-server.jar");

  @Option(
      names = "--kafka-broker",
      paramLabel = "JAR",
      description = "the packaged broker of a private Kafka; the launcher gives it")
  private @Nullable Path kafkaBroker;

  private Main() {}

  static final class TransportNames implements CommandLine.ITypeConverter<Transport> {
    @Override
    public Transport convert(String value) {
      for (Transport each : Transport.values()) {
        if (each.label().equals(value)) {
          return each;
        }
      }
      throw new CommandLine.TypeConversionException(
          "must be postgres, rabbitmq or kafka, was " + value);
    }
  }

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Main())
            // The launcher sets some options; those of the caller override them.
            .setOverwrittenOptionsAllowed(true)
            .setParameterExceptionHandler((wrong, _) -> wrongUsage(wrong))
            .setExecutionExceptionHandler((failure, command, _) -> told(failure, command))
            .execute(arguments));
  }

  private static int wrongUsage(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    command.getErr().println("reserva: " + wrong.getMessage());
    command.getErr().println("See: ./reserva help cluster");
    return WRONG_USAGE;
  }

  private static int told(Exception failure, CommandLine command) throws Exception {
    if (failure instanceof ClusterFailure
        || failure instanceof HarnessFailure
        || failure instanceof DataFolderInUse
        || failure instanceof PostgresFailure) {
      command.getErr().println("reserva: " + failure.getMessage());
      return FAILED;
    }
    throw failure;
  }

  @Override
  public Integer call() throws Exception {
    if (!Files.isReadable(server)) {
      throw new ClusterFailure("--server must name the server's packaged program, was " + server);
    }
    ClusterOptions options =
        new ClusterOptions(
            transport,
            ClusterOptions.instances(instances),
            requirePort(),
            data == null ? Path.of("data", "cluster", transport.label()) : data,
            broker,
            variables(System.getenv()),
            javaOptions(System.getenv("RESERVA_JAVA_OPTS")));
    StatusReport report = new StatusReport(System.out, isTerminal());
    RunningCluster cluster =
        new RunningCluster(
            ClusterPlan.of(options, Main::freePort),
            new RunningCluster.Programs(server.toAbsolutePath(), kafkaBroker),
            report::changed);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> end(cluster)));
    try {
      cluster.start();
    } catch (ClusterFailure | PostgresFailure | InterruptedException e) {
      if (cluster.isEndedByAnother()) {
        Thread.currentThread().join(); // the hook is about to end this process
      }
      throw e;
    }
    report.ready(headline(cluster), cluster::status);
    Thread.currentThread().join(); // until a signal ends this process
    return 0;
  }

  private int requirePort() {
    if (port == 0) {
      throw new ClusterFailure("--port must be 1..65535, such as 8080, was 0");
    }
    return port;
  }

  /** In Java 25 there is no console where input or output is redirected. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  static Map<String, String> variables(Map<String, String> environment) {
    return environment.entrySet().stream()
        .filter(each -> each.getKey().startsWith("RESERVA_"))
        .filter(each -> !OTHER_VARIABLES.contains(each.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static List<String> javaOptions(@Nullable String words) {
    return words == null || words.isBlank() ? List.of() : List.of(words.strip().split("\\s+", -1));
  }

  private static int freePort() {
    try {
      return Ports.free();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String headline(RunningCluster cluster) {
    Path password = cluster.adminPassword();
    // As up does: nothing where the operator chose the password.
    boolean chosen =
        System.getenv().keySet().stream()
            .anyMatch(name -> name.matches("RESERVA_(SECURITY_)?ADMIN_?PASSWORD(_FILE)?"));
    return "Reserva is up: http://localhost:%d%s, logs in %s"
        .formatted(
            port,
            Files.exists(password) && !chosen
                ? " (user admin, password in %s)".formatted(password)
                : "",
            cluster.logs());
  }

  /** In time, even if something hangs: what is left ends with this process. */
  private static void end(RunningCluster cluster) {
    Thread watch =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                Thread.sleep(STOP_LIMIT);
                System.err.println("reserva: not ended in " + STOP_LIMIT + ", killing the rest");
                Runtime.getRuntime().halt(KILLED_BY_TERM);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    cluster.close();
    watch.interrupt();
  }
}
