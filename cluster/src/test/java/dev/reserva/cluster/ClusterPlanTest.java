package dev.reserva.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.postgres.DatabaseLogin;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterPlanTest {
  private static final Path DATA = Path.of("data");

  private static ClusterOptions options(
      Transport transport, String instances, Map<String, String> environment) {
    return new ClusterOptions(
        transport,
        ClusterOptions.instances(instances),
        8080,
        DATA,
        null,
        environment,
        List.of("-Dreserva.inventory.reservation-ttl=10m"));
  }

  private static ClusterPlan plan(Transport transport, String instances) {
    return ClusterPlan.of(options(transport, instances, Map.of()), from(10_001));
  }

  private static IntSupplier from(int first) {
    int[] next = {first};
    return () -> next[0]++;
  }

  private static ClusterPlan.Backends backends(ClusterPlan plan) {
    Map<String, DatabaseLogin> logins = new HashMap<>();
    for (String name : plan.databases()) {
      logins.put(
          name,
          new DatabaseLogin(
              "jdbc:postgresql://127.0.0.1:5432/" + name, name, Path.of("password-" + name)));
    }
    Map<String, Path> secrets = new HashMap<>();
    plan.generatedSecrets().forEach((property, file) -> secrets.put(property, DATA.resolve(file)));
    BrokerAddress broker =
        switch (plan.options().transport()) {
          case POSTGRES -> BrokerAddress.NONE;
          case RABBITMQ ->
              new BrokerAddress(
                  Map.of(BrokerAddress.RABBITMQ_URI, "amqp://127.0.0.1:5672/reserva"),
                  Map.of(BrokerAddress.RABBITMQ_PASSWORD, Path.of("rabbit-password")));
          case KAFKA -> BrokerAddress.given(Transport.KAFKA, "127.0.0.1:9092");
        };
    return new ClusterPlan.Backends(logins, broker, secrets);
  }

  private static Launch launch(ClusterPlan plan, String name) {
    PlannedProcess server =
        plan.servers().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    return plan.server(server, backends(plan), DATA.resolve(name));
  }

  @Test
  void each_instance_is_a_process_with_a_port_of_its_own_and_the_logins_come_first() {
    ClusterPlan plan = plan(Transport.RABBITMQ, "sales=2");
    assertThat(plan.servers())
        .containsExactly(
            new PlannedProcess("customers", 1, 10_001),
            new PlannedProcess("sales", 1, 10_002),
            new PlannedProcess("sales", 2, 10_003),
            new PlannedProcess("inventory", 1, 10_004),
            new PlannedProcess("financial", 1, 10_005),
            new PlannedProcess("logistics", 1, 10_006),
            new PlannedProcess("notifications", 1, 10_007),
            new PlannedProcess("operations", 1, 10_008));
    assertThat(plan.gateway()).contains(new PlannedProcess("gateway", 1, 8080));
  }

  @Test
  void a_port_is_used_once() {
    Deque<Integer> ports =
        new ArrayDeque<>(
            Arrays.asList(10_001, 10_001, 8080, 10_002, 10_003, 10_004, 10_005, 10_006, 10_007));
    ClusterPlan plan =
        ClusterPlan.of(options(Transport.POSTGRES, "", Map.of()), ports::removeFirst);
    assertThat(plan.servers())
        .extracting(PlannedProcess::port)
        .containsExactly(10_001, 10_002, 10_003, 10_004, 10_005, 10_006, 10_007);
  }

  @Test
  void with_a_broker_each_service_has_a_database_and_the_others_ask_customers_about_tokens() {
    ClusterPlan plan = plan(Transport.RABBITMQ, "sales=2,customers=2");
    assertThat(plan.databases())
        .containsExactly(
            "customers",
            "financial",
            "inventory",
            "logistics",
            "notifications",
            "operations",
            "sales");
    assertThat(launch(plan, "sales-2").javaOptions())
        .contains(
            "-Dreserva.database.url=jdbc:postgresql://127.0.0.1:5432/sales",
            "-Dreserva.database.username=sales",
            "-Dreserva.messaging.transport=rabbitmq",
            "-Dreserva.messaging.rabbitmq.uri=amqp://127.0.0.1:5672/reserva",
            "-Dreserva.security.authority.url=http://127.0.0.1:10001");
    for (String customers : List.of("customers-1", "customers-2")) {
      assertThat(launch(plan, customers).javaOptions())
          .noneMatch(option -> option.startsWith("-Dreserva.security.authority"));
    }
  }

  @Test
  void the_database_of_a_service_is_found_with_and_without_a_broker() {
    assertThat(plan(Transport.KAFKA, "").database(Service.FINANCIAL)).isEqualTo("financial");
    assertThat(plan(Transport.POSTGRES, "").database(Service.FINANCIAL)).isEqualTo("reserva");
  }

  @Test
  void without_a_broker_all_share_one_database_and_nobody_asks_about_tokens() {
    ClusterPlan plan = plan(Transport.POSTGRES, "sales=2");
    assertThat(plan.databases()).containsExactly("reserva");
    for (PlannedProcess server : plan.servers()) {
      assertThat(launch(plan, server.name()).javaOptions())
          .contains("-Dreserva.database.url=jdbc:postgresql://127.0.0.1:5432/reserva")
          .noneMatch(option -> option.startsWith("-Dreserva.security.authority"));
    }
  }

  @Test
  void a_process_listens_for_the_gateway_only_and_runs_one_service() {
    Launch launch = launch(plan(Transport.KAFKA, ""), "inventory-1");
    assertThat(launch.javaOptions())
        .contains(
            "-Dreserva.http.bind-address=127.0.0.1",
            "-Dreserva.http.trusted-proxies=127.0.0.1",
            "-Dreserva.messaging.kafka.bootstrap-servers=127.0.0.1:9092");
    assertThat(launch.arguments())
        .containsExactly(
            "up", "--port", "10003", "--data", "data/inventory-1", "--services", "inventory");
  }

  @Test
  void operations_is_told_where_the_instances_of_other_services_are() {
    ClusterPlan plan = plan(Transport.RABBITMQ, "sales=2");
    assertThat(launch(plan, "operations-1").javaOptions())
        .filteredOn(option -> option.startsWith("-Dreserva.operations."))
        .containsExactly(
            "-Dreserva.operations.members.customers=http://127.0.0.1:10001",
            "-Dreserva.operations.members.sales=http://127.0.0.1:10002,http://127.0.0.1:10003",
            "-Dreserva.operations.members.inventory=http://127.0.0.1:10004",
            "-Dreserva.operations.members.financial=http://127.0.0.1:10005",
            "-Dreserva.operations.members.logistics=http://127.0.0.1:10006",
            "-Dreserva.operations.members.notifications=http://127.0.0.1:10007");
    assertThat(launch(plan, "sales-1").javaOptions())
        .noneMatch(option -> option.startsWith("-Dreserva.operations."));
  }

  @Test
  void the_gateway_knows_all_instances() {
    assertThat(plan(Transport.POSTGRES, "sales=2").gatewayLaunch().arguments())
        .containsExactly(
            "gateway",
            "--port",
            "8080",
            "--route",
            "customers=http://127.0.0.1:10001",
            "--route",
            "sales=http://127.0.0.1:10002,http://127.0.0.1:10003",
            "--route",
            "inventory=http://127.0.0.1:10004",
            "--route",
            "financial=http://127.0.0.1:10005",
            "--route",
            "logistics=http://127.0.0.1:10006",
            "--route",
            "notifications=http://127.0.0.1:10007",
            "--route",
            "operations=http://127.0.0.1:10008");
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void secrets_are_told_by_files_and_are_the_same_for_all(Transport transport) {
    ClusterPlan plan = plan(transport, "");
    for (PlannedProcess server : plan.servers()) {
      Launch launch = launch(plan, server.name());
      assertThat(launch.environment())
          .containsEntry("RESERVA_SECURITY_TOKENSECRET_FILE", "data/token-secret")
          .containsEntry("RESERVA_PRIVACY_SECRET_FILE", "data/privacy-secret")
          .containsEntry("RESERVA_FINANCIAL_WEBHOOKSECRET_FILE", "data/webhook-secret")
          .containsKey("RESERVA_DATABASE_PASSWORD_FILE");
      assertThat(launch.environment().containsKey("RESERVA_MESSAGING_RABBITMQ_PASSWORD_FILE"))
          .isEqualTo(transport == Transport.RABBITMQ);
      assertThat(launch.javaOptions()).noneMatch(option -> option.matches(".*(secret|password).*"));
    }
  }

  @Test
  void the_callers_settings_reach_all_processes_and_its_secrets_are_not_generated() {
    ClusterPlan plan =
        ClusterPlan.of(
            options(
                Transport.POSTGRES,
                "",
                Map.of(
                    "RESERVA_SALES_CATCHUP", "3s",
                    "RESERVA_SECURITY_TOKEN_SECRET", "x".repeat(32),
                    "RESERVA_PRIVACY_SECRET_FILE", "elsewhere")),
            from(10_001));
    assertThat(plan.generatedSecrets()).containsOnlyKeys("reserva.financial.webhook-secret");
    assertThat(launch(plan, "sales-1").environment())
        .containsEntry("RESERVA_SALES_CATCHUP", "3s")
        .containsEntry("RESERVA_PRIVACY_SECRET_FILE", "elsewhere")
        .doesNotContainKey("RESERVA_SECURITY_TOKENSECRET_FILE");
    assertThat(launch(plan, "sales-1").javaOptions())
        .contains("-Dreserva.inventory.reservation-ttl=10m");
    assertThat(plan.gatewayLaunch().environment()).containsEntry("RESERVA_SALES_CATCHUP", "3s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RESERVA_DATABASE_URL",
        "RESERVA_DATABASE_PASSWORD_FILE",
        "RESERVA_DATABASE_POOL_SIZE",
        "RESERVA_MESSAGING_TRANSPORT",
        "RESERVA_MESSAGING_RABBITMQ_PASSWORD",
        "RESERVA_SECURITY_AUTHORITY_URL"
      })
  void a_variable_that_contradicts_the_plan_is_refused(String variable) {
    assertThatThrownBy(() ->
            ClusterPlan.of(options(Transport.RABBITMQ, "", Map.of(variable, "x")), from(10_001)))
        .isInstanceOf(ClusterFailure.class)
        .hasMessageStartingWith(variable + " cannot be set for a cluster, which decides reserva.");
  }

  @Test
  void the_password_of_a_given_broker_is_the_callers() {
    ClusterOptions options =
        new ClusterOptions(
            Transport.RABBITMQ,
            ClusterOptions.instances(""),
            8080,
            DATA,
            "amqp://localhost",
            Map.of("RESERVA_MESSAGING_RABBITMQ_PASSWORD_FILE", "rabbit"),
            List.of());
    assertThat(ClusterPlan.of(options, from(10_001)).servers()).hasSize(Service.values().length);
  }

  @Test
  void the_database_allows_the_connections_of_all_pools() {
    assertThat(plan(Transport.POSTGRES, "sales=9,inventory=9").connections())
        .isGreaterThanOrEqualTo(22 * (Sizes.POOL + 2) + 3);
  }
}
