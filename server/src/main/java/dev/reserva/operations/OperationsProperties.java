package dev.reserva.operations;

import dev.reserva.platform.members.Member;
import dev.reserva.platform.settings.Allowed;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.operations.*}
 *
 * @param healthPatience time-out of the database in a health check, 10 ms to 1 min; after it, the
 *     database counts as down
 * @param maxLag a service that has more events to handle counts as falling behind
 * @param integrityTimeLimit longest time of an integrity check, and of the wait for a running one,
 *     1 ms to 1 h
 * @param dashboardClients most clients of the live feed at a time, 1..1000
 * @param dashboardInterval pause between two frames of the live feed, 100 ms to 1 min
 * @param members the processes of other services, for the process that runs operations
 */
@ConfigurationProperties("reserva.operations")
public record OperationsProperties(
    @DefaultValue("1s") Duration healthPatience,
    @DefaultValue("10000") long maxLag,
    @DefaultValue("60s") Duration integrityTimeLimit,
    @DefaultValue("50") int dashboardClients,
    @DefaultValue("1s") Duration dashboardInterval,
    @DefaultValue Members members) {

  public OperationsProperties {
    Allowed.range(
        "reserva.operations.health-patience",
        healthPatience,
        Duration.ofMillis(10),
        Duration.ofMinutes(1));
    Allowed.atLeast("reserva.operations.max-lag", maxLag, 0);
    Allowed.range(
        "reserva.operations.integrity-time-limit",
        integrityTimeLimit,
        Duration.ofMillis(1),
        Duration.ofHours(1));
    Allowed.range("reserva.operations.dashboard-clients", dashboardClients, 1, 1_000);
    Allowed.range(
        "reserva.operations.dashboard-interval",
        dashboardInterval,
        Duration.ofMillis(100),
        Duration.ofMinutes(1));
  }

  /** Base URLs of the processes that run a service; none for one that runs in this process. */
  public record Members(
      @DefaultValue List<URI> customers,
      @DefaultValue List<URI> sales,
      @DefaultValue List<URI> inventory,
      @DefaultValue List<URI> financial,
      @DefaultValue List<URI> logistics,
      @DefaultValue List<URI> notifications,
      @DefaultValue List<URI> webhooks) {

    List<Member> all() {
      List<Member> all = new ArrayList<>();
      add("customers", customers, all);
      add("sales", sales, all);
      add("inventory", inventory, all);
      add("financial", financial, all);
      add("logistics", logistics, all);
      add("notifications", notifications, all);
      add("webhooks", webhooks, all);
      return all;
    }

    private static void add(String name, List<URI> processes, List<Member> all) {
      if (!processes.isEmpty()) {
        all.add(new Member(name, processes));
      }
    }
  }
}
