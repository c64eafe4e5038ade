package dev.reserva.operations.application;

import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Overloaded;
import dev.reserva.messaging.TopologyInspection;
import dev.reserva.messaging.TopologyInspection.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Checks the way of every event from who publishes it to who consumes it: in the catalogue, and on
 * the broker if there is one. It changes nothing.
 *
 * <p>One check at a time opens connections to the broker. Others are refused with {@link
 * Overloaded}.
 */
public final class CheckTopology {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final String transport;
  private final CatalogueChecks catalogue;
  private final Optional<TopologyInspection> broker;
  private final ReentrantLock running = new ReentrantLock();

  /**
   * @param transport such as {@code rabbitmq}
   * @param broker empty if no broker joins databases
   */
  public CheckTopology(
      String transport, CatalogueChecks catalogue, Optional<TopologyInspection> broker) {
    this.transport = transport;
    this.catalogue = catalogue;
    this.broker = broker;
  }

  /**
   * @param ok whether there is no finding
   * @param transport what brings events to other processes
   * @param unchecked what could not be looked at, and what it takes
   */
  public record Report(boolean ok, String transport, List<Check> checks, List<String> unchecked) {}

  /**
   * @param checked how many objects were compared
   */
  public record Check(String name, boolean ok, long checked, List<Finding> findings) {

    private static Check of(TopologyInspection.Check check) {
      return new Check(check.name(), check.findings().isEmpty(), check.checked(), check.findings());
    }
  }

  /**
   * @throws Overloaded while another check asks the broker
   */
  public Report check() {
    List<Check> checks = new ArrayList<>(catalogue.all().stream().map(Check::of).toList());
    List<String> unchecked = new ArrayList<>();
    broker.ifPresent(inspection -> add(inspection, checks, unchecked));
    return new Report(
        checks.stream().allMatch(Check::ok),
        transport,
        List.copyOf(checks),
        List.copyOf(unchecked));
  }

  private void add(TopologyInspection inspection, List<Check> checks, List<String> unchecked) {
    if (!running.tryLock()) {
      throw new Overloaded("a check of the topology is running", RETRY_AFTER);
    }
    List<Finding> unanswered = new ArrayList<>();
    try {
      TopologyInspection.Report report = inspection.inspect();
      report.checks().stream().map(Check::of).forEach(checks::add);
      unchecked.addAll(report.unchecked());
    } catch (DependencyUnavailable e) {
      unanswered.add(new Finding("broker", String.valueOf(e.getMessage())));
    } finally {
      running.unlock();
    }
    checks.add(new Check("broker.answers", unanswered.isEmpty(), 1, List.copyOf(unanswered)));
  }
}
