package dev.reserva.cluster;

import dev.reserva.postgres.DatabaseLogin;
import dev.reserva.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which processes a cluster has, and what each is told. It starts nothing.
 *
 * <ul>
 *   <li>Each instance of a service is a process of its own. The gateway is one more.
 *   <li>With a broker each service has a database, which its instances share; otherwise all share
 *       one.
 *   <li>Secrets are told by files. All other properties are on the command line, where they take
 *       precedence over the caller's variables.
 * </ul>
 */
public final class ClusterPlan {
  static final String GATEWAY = "gateway";

  private static final String WEBHOOK_SECRET = "reserva.financial.webhook-secret";
  private static final String DATABASE_PASSWORD = "reserva.database.password";
  private static final String AUTHORITY = "reserva.security.authority.url";

  /** Secrets that all processes share, with the names that a server gives to their files. */
  private static final Map<String, String> SECRET_FILES =
      Map.of(
          "reserva.security.token-secret",
          "token-secret",
          "reserva.privacy.secret",
          "privacy-secret",
          WEBHOOK_SECRET,
          "webhook-secret");

  /** What the plan decides for each process; a caller's variable would contradict it. */
  private static final List<String> DECIDED =
      List.of(
          "reserva.port",
          "reserva.data",
          "reserva.services",
          "reserva.database.url",
          "reserva.database.username",
          DATABASE_PASSWORD,
          "reserva.database.pool-size",
          "reserva.messaging.transport",
          BrokerAddress.RABBITMQ_URI,
          BrokerAddress.KAFKA_SERVERS,
          AUTHORITY);

  private final ClusterOptions options;
  private final List<PlannedProcess> servers;
  private final @Nullable PlannedProcess gateway;

  private ClusterPlan(
      ClusterOptions options, List<PlannedProcess> servers, @Nullable PlannedProcess gateway) {
    this.options = options;
    this.servers = List.copyOf(servers);
    this.gateway = gateway;
  }

  /**
   * @param freePorts answers a port that is free; a port that it repeats is used once
   * @throws ClusterFailure if a variable of the caller contradicts the plan
   */
  public static ClusterPlan of(ClusterOptions options, IntSupplier freePorts) {
    requireUndecided(options);
    Set<Integer> taken = new HashSet<>(Set.of(options.port()));
    List<PlannedProcess> servers = new ArrayList<>();
    // The process with the logins comes first: the others ask it.
    Stream.concat(
            Stream.of(Service.CUSTOMERS),
            Stream.of(Service.values()).filter(service -> service != Service.CUSTOMERS))
        .forEach(service -> {
          for (int i = 1; i <= options.instances().getOrDefault(service, 0); i++) {
            int port = freePorts.getAsInt();
            while (!taken.add(port)) {
              port = freePorts.getAsInt();
            }
            servers.add(new PlannedProcess(service.label(), i, port));
          }
        });
    return new ClusterPlan(
        options,
        servers,
        options.port() == 0 ? null : new PlannedProcess(GATEWAY, 1, options.port()));
  }

  private static void requireUndecided(ClusterOptions options) {
    List<String> decided = new ArrayList<>(DECIDED);
    if (options.broker() == null) {
      decided.addAll(List.of(BrokerAddress.RABBITMQ_USERNAME, BrokerAddress.RABBITMQ_PASSWORD));
    }
    for (String property : decided) {
      given(options, property)
          .findFirst()
          .ifPresent(variable -> {
            throw new ClusterFailure(
                "%s cannot be set for a cluster, which decides %s itself"
                    .formatted(variable, property));
          });
    }
  }

  /** The caller's variables for a property: a dash may be an underscore, and a secret in a file. */
  private static Stream<String> given(ClusterOptions options, String property) {
    String plain = plain(property);
    return options.environment().keySet().stream()
        .filter(name -> Set.of(plain, plain + "FILE").contains(plain(name)))
        .sorted();
  }

  private static String plain(String name) {
    return name.replaceAll("[-._]", "").toUpperCase(Locale.ROOT);
  }

  public ClusterOptions options() {
    return options;
  }

  /** The processes of the services, in the order of their start. The first has the logins. */
  public List<PlannedProcess> servers() {
    return servers;
  }

  /** The process that callers talk to. */
  public Optional<PlannedProcess> gateway() {
    return Optional.ofNullable(gateway);
  }

  /** The names of the databases. */
  public SortedSet<String> databases() {
    return servers.stream().map(this::database).collect(Collectors.toCollection(TreeSet::new));
  }

  private String database(PlannedProcess server) {
    return database(server.role());
  }

  private String database(String role) {
    return options.transport().hasBroker() ? role : EmbeddedPostgres.DATABASE;
  }

  /** The name of the database of a service. */
  String database(Service service) {
    return database(service.label());
  }

  /** Most connections to the database server that the processes may open together. */
  int connections() {
    return servers.size() * (Sizes.POOL + Sizes.BESIDE_POOL) + Sizes.OTHER_CONNECTIONS;
  }

  /**
   * The secrets that are generated, because the caller gives none: by property, the file's name.
   */
  Map<String, String> generatedSecrets() {
    Map<String, String> files = new HashMap<>(SECRET_FILES);
    files.keySet().removeIf(property -> given(options, property).findAny().isPresent());
    return files;
  }

  /** Whether a secret has the form of a webhook's. */
  static boolean signsWebhooks(String property) {
    return property.equals(WEBHOOK_SECRET);
  }

  /**
   * What a process is told of what has been started before it.
   *
   * @param databases by name
   * @param secrets files of {@link #generatedSecrets()}, by property
   */
  record Backends(
      Map<String, DatabaseLogin> databases, BrokerAddress broker, Map<String, Path> secrets) {
    Backends {
      databases = Map.copyOf(databases);
      secrets = Map.copyOf(secrets);
    }
  }

  /**
   * How a process of a service is started.
   *
   * @param data folder of this process's own files
   */
  Launch server(PlannedProcess server, Backends backends, Path data) {
    DatabaseLogin login = backends.databases().get(database(server));
    if (login == null) {
      throw new IllegalArgumentException("there is no database for " + server.name());
    }
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("reserva.http.bind-address", "127.0.0.1");
    properties.put("reserva.http.trusted-proxies", "127.0.0.1"); // the gateway
    // Processes talk plainly on this machine; the gateway may speak TLS.
    properties.put("reserva.http.tls.certificate", "");
    properties.put("reserva.http.tls.key", "");
    properties.put("reserva.database.url", login.url());
    properties.put("reserva.database.username", login.user());
    properties.put("reserva.database.pool-size", String.valueOf(Sizes.POOL));
    properties.put("reserva.messaging.transport", options.transport().label());
    properties.putAll(backends.broker().properties());
    if (!database(server).equals(database(servers.getFirst()))) {
      properties.put(AUTHORITY, servers.getFirst().url().toString());
    }
    properties.putAll(members(server));

    Map<String, String> environment = new HashMap<>(options.environment());
    environment.putAll(Sizes.SERVER_ENVIRONMENT);
    backends
        .secrets()
        .forEach((name, file) -> environment.put(fileVariable(name), file.toString()));
    backends
        .broker()
        .secretFiles()
        .forEach((name, file) -> environment.put(fileVariable(name), file.toString()));
    environment.put(fileVariable(DATABASE_PASSWORD), login.passwordFile().toString());
    return new Launch(
        jvm(properties),
        List.of(
            "up",
            "--port",
            String.valueOf(server.port()),
            "--data",
            data.toString(),
            "--services",
            server.role()),
        environment);
  }

  /** Whom operations asks: the URLs of the instances of the other services. */
  private Map<String, String> members(PlannedProcess server) {
    Map<String, String> members = new LinkedHashMap<>();
    if (server.role().equals(Service.OPERATIONS.label())) {
      routes()
          .forEach((service, urls) -> {
            if (!service.equals(server.role())) {
              members.put("reserva.operations.members." + service, urls);
            }
          });
    }
    return members;
  }

  /** The URLs of each service's instances, separated by commas. */
  private Map<String, String> routes() {
    return servers.stream()
        .collect(
            Collectors.groupingBy(
                PlannedProcess::role,
                LinkedHashMap::new,
                Collectors.mapping(process -> process.url().toString(), Collectors.joining(","))));
  }

  /** How the gateway is started. */
  Launch gatewayLaunch() {
    List<String> arguments =
        new ArrayList<>(List.of(GATEWAY, "--port", String.valueOf(options.port())));
    routes()
        .forEach((service, urls) -> {
          arguments.add("--route");
          arguments.add(service + "=" + urls);
        });
    Map<String, String> environment = new HashMap<>(options.environment());
    environment.putAll(Sizes.SERVER_ENVIRONMENT);
    return new Launch(jvm(Map.of()), arguments, environment);
  }

  private List<String> jvm(Map<String, String> properties) {
    return Stream.of(
            Sizes.SERVER_JVM,
            options.javaOptions(),
            properties.entrySet().stream()
                .map(entry -> "-D" + entry.getKey() + "=" + entry.getValue())
                .toList())
        .flatMap(Collection::stream)
        .toList();
  }

  /** The variable that names the file of a secret. */
  private static String fileVariable(String property) {
    return property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT) + "_FILE";
  }
}
