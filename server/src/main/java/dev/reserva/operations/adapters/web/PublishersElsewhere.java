package dev.reserva.operations.adapters.web;

import dev.reserva.platform.members.Members;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

/**
 * Publishes an event by hand in the database of the service that publishes its type, because the
 * facts that it may repeat are in that log.
 */
public final class PublishersElsewhere {

  private final Members members;
  private final CommandsElsewhere commands;
  private final Set<String> services;
  private final String servicesPath;

  /**
   * @param services of this database
   * @param servicesPath the route by which a process tells its services
   */
  public PublishersElsewhere(
      Members members, CommandsElsewhere commands, Set<String> services, String servicesPath) {
    this.members = members;
    this.commands = commands;
    this.services = Set.copyOf(services);
    this.servicesPath = servicesPath;
  }

  /** The answer of {@code servicesPath}. */
  record Services(Set<String> services) {}

  /**
   * The other database on which a service runs; empty if it runs on this one, or on none that this
   * process knows.
   */
  Optional<String> databaseOf(String service) {
    if (members.none() || services.contains(service)) {
      return Optional.empty();
    }
    return members
        .each(name -> members.ask(name, servicesPath, Members.SOON, Services.class))
        .entrySet()
        .stream()
        .filter(answer -> answer.getValue().services().contains(service))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  ResponseEntity<?> pass(String database, Object body, boolean check, HttpServletRequest request) {
    return commands.pass(database, HttpMethod.POST, "/api/events?check=" + check, body, request);
  }
}
