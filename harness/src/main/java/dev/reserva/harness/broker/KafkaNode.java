package dev.reserva.harness.broker;

import dev.reserva.harness.Children;
import dev.reserva.harness.HarnessFailure;
import dev.reserva.harness.Ports;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A private Kafka cluster of one broker, which is its own controller (KRaft). It can be killed,
 * started again on the same data, and wiped. Another object continues with the data of its folder.
 *
 * <ul>
 *   <li>It listens on 127.0.0.1 only, on the same ports for as long as this object lives, without
 *       TLS and without passwords; with a {@link SecureListener}, there as well.
 *   <li>It ends with this JVM, however this JVM ends.
 *   <li>Topics are not created by their use.
 *   <li>It flushes as Kafka does by default, so what it has acknowledged survives {@link #kill},
 *       but not a crash of the machine.
 * </ul>
 *
 * <p>The broker is the module {@code kafka-broker}, packaged as one program with all that it needs:
 * a class path of its own, because Kafka's server brings Scala and other libraries that would
 * change what a test sees, and no search for artifacts at run time. A module whose tests start a
 * broker depends on {@code reserva-kafka-broker} in scope test, which also lets Maven build it
 * before; a packaged program is told its path.
 *
 * <p>A start takes some 4 seconds of an idle machine, and 220 MiB. One thread starts and stops the
 * node.
 */
public final class KafkaNode implements BrokerNode {
  private static final String MAIN = "BOOT-INF/classes/dev/reserva/kafka/Broker.class";
  private static final String STARTED = "Kafka Server started";
  private static final String LOG = "kafka.log";

  private final Path broker;
  private final Path folder;
  private final Path log;
  private final int port = Ports.free();
  private final NodeProcess process;
  private String clusterId;

  /**
   * A listener besides that without TLS and passwords. Clients are told that it is at {@code
   * localhost}.
   *
   * @param port of 127.0.0.1
   * @param protocol such as {@code SASL_SSL}
   * @param configuration lines of {@code server.properties}; the listener's name is {@code secure}
   */
  public record SecureListener(int port, String protocol, List<String> configuration) {
    public SecureListener {
      configuration = List.copyOf(configuration);
    }
  }

  private KafkaNode(Path broker, Path folder, Path log, @Nullable SecureListener secure)
      throws IOException {
    this.broker = broker;
    this.folder = folder;
    this.log = log;
    Path data = folder.resolve("data");
    this.process = new NodeProcess(this::program, data, log, STARTED);
    this.clusterId =
        Files.exists(idFile()) ? Files.readString(idFile()).strip() : recorded(randomId());
    Files.writeString(properties(), settings(port, Ports.free(), data, secure));
  }

  /** Data that was formatted for one id is refused with another. */
  private String recorded(String id) throws IOException {
    Files.writeString(idFile(), id);
    return id;
  }

  private Path idFile() {
    return folder.resolve("cluster-id");
  }

  /**
   * Starts the broker on the class path, and waits until it accepts connections.
   *
   * @param folder for its data and its log; exists, and is empty or has the data of an earlier node
   * @throws HarnessFailure if the broker is not on the class path, or does not start
   */
  public static KafkaNode start(Path folder) throws IOException, InterruptedException {
    return start(packaged(), folder);
  }

  /**
   * The same with a second listener.
   *
   * @throws HarnessFailure if the broker is not on the class path, or does not start
   */
  public static KafkaNode start(Path folder, SecureListener secure)
      throws IOException, InterruptedException {
    return start(packaged(), folder, folder.resolve(LOG), secure);
  }

  private static Path packaged() throws IOException {
    URL main = Thread.currentThread().getContextClassLoader().getResource(MAIN);
    if (main == null || !(main.openConnection() instanceof JarURLConnection connection)) {
      throw new HarnessFailure(
          "the Kafka broker is not on the class path: the module needs reserva-kafka-broker as a"
              + " dependency in scope test, packaged (mvn -pl kafka-broker package)");
    }
    try {
      return Path.of(connection.getJarFileURL().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  /** As {@link #start(Path, Path, Path)}, with the log in the folder. */
  public static KafkaNode start(Path broker, Path folder) throws IOException, InterruptedException {
    return start(broker, folder, folder.resolve(LOG));
  }

  /**
   * Starts a broker, and waits until it accepts connections.
   *
   * @param broker the packaged module {@code kafka-broker}
   * @param folder for its data; exists, and is empty or has the data of an earlier node
   * @param log the broker's output is appended to it
   * @throws HarnessFailure if there is no such program, or it does not start
   */
  public static KafkaNode start(Path broker, Path folder, Path log)
      throws IOException, InterruptedException {
    return start(broker, folder, log, null);
  }

  /** As {@link #start(Path, Path)}, with a second listener. */
  public static KafkaNode start(Path broker, Path folder, SecureListener secure)
      throws IOException, InterruptedException {
    return start(broker, folder, folder.resolve(LOG), secure);
  }

  private static KafkaNode start(
      Path broker, Path folder, Path log, @Nullable SecureListener secure)
      throws IOException, InterruptedException {
    if (!Files.isRegularFile(broker)) {
      throw new HarnessFailure(
          "there is no packaged Kafka broker %s; build it: mvn -pl kafka-broker package"
              .formatted(broker));
    }
    KafkaNode node = new KafkaNode(broker.toAbsolutePath(), folder.toRealPath(), log, secure);
    try {
      node.start();
      return node;
    } catch (IOException | InterruptedException | RuntimeException e) {
      node.close();
      throw e;
    }
  }

  private ProcessBuilder program() {
    return Children.isolated(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-jar",
            broker.toString(),
            properties().toString(),
            clusterId));
  }

  private Path properties() {
    return folder.resolve("server.properties");
  }

  /**
   * The time-outs of the session between broker and controller let a killed broker come back in
   * some 5 seconds: the controller waits for the end of the old session (13 seconds with the
   * defaults).
   */
  private static String settings(
      int port, int controllerPort, Path data, @Nullable SecureListener secure) {
    String open =
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        controller.listener.names=CONTROLLER
        inter.broker.listener.name=BROKER
        listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT
        listeners=BROKER://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=BROKER://127.0.0.1:%1$d
        log.dirs=%3$s
        auto.create.topics.enable=false
        broker.session.timeout.ms=2000
        broker.heartbeat.interval.ms=400
        group.initial.rebalance.delay.ms=0
        offsets.topic.num.partitions=4
        offsets.topic.replication.factor=1
        transaction.state.log.num.partitions=4
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        share.coordinator.state.topic.num.partitions=4
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        log.cleaner.dedupe.buffer.size=16777216
        """
            .formatted(port, controllerPort, data);
    return secure == null ? open : open + settings(port, controllerPort, secure);
  }

  /** Of two lines with the same name the last one counts. */
  private static String settings(int port, int controllerPort, SecureListener secure) {
    return """
    listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURE:%4$s
    listeners=BROKER://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d,SECURE://127.0.0.1:%3$d
    advertised.listeners=BROKER://127.0.0.1:%1$d,SECURE://localhost:%3$d
    %5$s
    """
        .formatted(
            port,
            controllerPort,
            secure.port(),
            secure.protocol(),
            String.join("\n", secure.configuration()));
  }

  /** A UUID as Kafka writes it. */
  private static String randomId() {
    UUID id = UUID.randomUUID();
    ByteBuffer bytes =
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  @Override
  public void start() throws IOException, InterruptedException {
    process.start();
  }

  @Override
  public void kill() throws InterruptedException {
    process.kill();
  }

  /** Shuts the node down. */
  public void stop() throws InterruptedException {
    process.stop();
  }

  @Override
  public void stop(Duration limit) throws InterruptedException {
    process.stop(limit);
  }

  @Override
  public int awaitEnd() throws InterruptedException {
    return process.awaitEnd();
  }

  /** Kills the node if it runs, deletes its data, and starts it, as another cluster. */
  public void wipe() throws IOException, InterruptedException {
    clusterId = recorded(randomId());
    process.wipe();
  }

  /** Such as {@code 127.0.0.1:9092}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  /** The node's log, of all starts. */
  public Path log() {
    return log;
  }

  /** Ends the node. The files stay. */
  @Override
  public void close() {
    try {
      process.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
