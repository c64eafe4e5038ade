package dev.reserva.torture.scenarios;

import dev.reserva.cluster.Transport;
import dev.reserva.harness.Ports;
import dev.reserva.harness.TcpProxy;
import dev.reserva.harness.broker.KafkaNode;
import dev.reserva.harness.broker.RabbitNode;
import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.environment.Environment;
import dev.reserva.torture.scenarios.Rounds.Injected;
import dev.reserva.torture.scenarios.SplitSystem.OwnBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The broker between the services ends, or the connections to it break. */
final class SplitBrokerFaults {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration DOWN = Duration.ofSeconds(3);
  private static final Duration CUT = Duration.ofSeconds(2);

  private SplitBrokerFaults() {}

  static Scenario killBroker(SplitPrograms programs) {
    return new Scenario(
        "kill-broker",
        "kill -9 of the broker; the supervisor starts it again on its data",
        "the process is gone, another is ready",
        SplitSystem.script(
            programs,
            SplitSystem.usual(),
            3,
            1,
            (system, _) -> system.killAndAwait(List.of(programs.broker()))));
  }

  static Scenario restartBroker(SplitPrograms programs) {
    return new Scenario(
        "restart-broker",
        "the broker shut down in order (SIGTERM), and started again 3 s later",
        "it ends by itself in time, another process has its place",
        SplitSystem.script(
            programs,
            SplitSystem.usual(),
            2,
            1,
            (system, _) -> {
              boolean proven = system.restart(programs.broker(), STOP_LIMIT, DOWN);
              return new Injected(proven, System.nanoTime());
            }));
  }

  static Scenario cutBroker(SplitPrograms programs) {
    return new Scenario(
        "cut-broker",
        "all connections to the broker are cut by a proxy, and new ones refused for 2 s",
        "connections that the proxy has cut",
        environment -> cutBroker(environment, programs));
  }

  private static Outcome cutBroker(Environment environment, SplitPrograms programs)
      throws Exception {
    Network network =
        programs.transport() == Transport.KAFKA
            ? kafka(environment, Objects.requireNonNull(programs.kafkaBroker()))
            : rabbit(environment);
    TcpProxy proxy = network.proxy();
    return SplitSystem.start(environment, programs, SplitSystem.usual(), network.broker())
        .run(
            environment.pick(6, 2),
            (_, _) -> {
              long affected = proxy.affected();
              proxy.refuse(true);
              proxy.cut();
              Thread.sleep(CUT);
              proxy.refuse(false);
              long over = System.nanoTime();
              return new Injected(proxy.affected() > affected, over);
            });
  }

  /** A broker behind a proxy. */
  private record Network(TcpProxy proxy, OwnBroker broker) {}

  private static Network rabbit(Environment environment) throws IOException, InterruptedException {
    RabbitNode node = environment.keep(RabbitNode.start(folder(environment)));
    TcpProxy proxy = environment.proxy(node.port());
    return new Network(
        proxy,
        new OwnBroker(
            "amqp://127.0.0.1:%d%s".formatted(proxy.port(), node.address().getPath()),
            Map.of(
                "RESERVA_MESSAGING_RABBITMQ_USERNAME",
                node.user(),
                "RESERVA_MESSAGING_RABBITMQ_PASSWORD_FILE",
                node.passwordFile().toString())));
  }

  /** Kafka tells its clients where it listens, so it has to name the proxy. */
  private static Network kafka(Environment environment, Path program)
      throws IOException, InterruptedException {
    int port = Ports.free();
    TcpProxy proxy = environment.proxy(port);
    Path folder = folder(environment);
    environment.keep(
        KafkaNode.start(
            program,
            folder,
            new KafkaNode.SecureListener(
                port,
                "PLAINTEXT",
                List.of(
                    "inter.broker.listener.name=SECURE",
                    "advertised.listeners=SECURE://127.0.0.1:" + proxy.port()))));
    return new Network(proxy, new OwnBroker("127.0.0.1:" + proxy.port(), Map.of()));
  }

  private static Path folder(Environment environment) throws IOException {
    return Files.createDirectory(environment.folder().resolve("broker"));
  }
}
