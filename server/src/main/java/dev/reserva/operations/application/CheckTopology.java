package dev.reserva.operations.application;

import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.Overloaded;
import dev.reserva.messaging.TopologyInspection;
import dev.reserva.messaging.TopologyInspection.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Checks the way of every event from who publishes it to who consumes it: in the catalogue, and on
 * the broker if there is one, where each process checks what it expects. It changes nothing.
 *
 * <p>One check at a time opens connections to the broker. Others are refused with {@link
 * Overloaded}.
 */
public final class CheckTopology {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final String transport;
  private final CatalogueChecks catalogue;
  private final Optional<TopologyInspection> broker;
  private final OtherReports others;
  private final ReentrantLock running = new ReentrantLock();

  /**
   * @param transport such as {@code rabbitmq}
   * @param broker empty if no broker joins databases
   * @param others of the processes of other services
   */
  public CheckTopology(
      String transport,
      CatalogueChecks catalogue,
      Optional<TopologyInspection> broker,
      OtherReports others) {
    this.transport = transport;
    this.catalogue = catalogue;
    this.broker = broker;
    this.others = others;
  }

  /** Asks other processes for {@link #checkOwn}; none if this one has all services. */
  @FunctionalInterface
  public interface OtherReports {
    Collection<Report> ask();
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

    /** The same check by another process. Both may find the same. */
    private Check and(Check other) {
      Set<Finding> found = new LinkedHashSet<>(findings);
      found.addAll(other.findings);
      return new Check(name, ok && other.ok, checked + other.checked, List.copyOf(found));
    }

    private static Check of(TopologyInspection.Check check) {
      return new Check(check.name(), check.findings().isEmpty(), check.checked(), check.findings());
    }
  }

  /**
   * Of the whole system.
   *
   * @throws Overloaded while another check asks the broker
   */
  public Report check() {
    Map<String, Check> checks = new LinkedHashMap<>();
    catalogue.ofTheCatalogue().forEach(check -> checks.put(check.name(), Check.of(check)));
    Set<String> unchecked = new LinkedHashSet<>();
    List<Report> reports = new ArrayList<>(List.of(checkOwn()));
    reports.addAll(others.ask());
    for (Report report : reports) {
      report.checks().forEach(check -> checks.merge(check.name(), check, Check::and));
      unchecked.addAll(report.unchecked());
    }
    return report(List.copyOf(checks.values()), List.copyOf(unchecked));
  }

  /**
   * Of this process alone.
   *
   * @throws Overloaded while another check asks the broker
   */
  public Report checkOwn() {
    List<Check> checks = new ArrayList<>(List.of(Check.of(catalogue.subscribed())));
    List<String> unchecked = new ArrayList<>();
    broker.ifPresent(inspection -> add(inspection, checks, unchecked));
    return report(List.copyOf(checks), List.copyOf(unchecked));
  }

  private Report report(List<Check> checks, List<String> unchecked) {
    return new Report(checks.stream().allMatch(Check::ok), transport, checks, unchecked);
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
