package dev.reserva.operations.application;

import dev.reserva.contracts.Consumers;
import dev.reserva.operations.application.Invariant.Deadline;
import dev.reserva.operations.application.Invariant.Finding;
import dev.reserva.operations.application.Invariant.Tally;
import dev.reserva.operations.application.SystemBooks.DatabaseKeys;
import dev.reserva.operations.domain.OrderBook;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * {@link OrdersAgree} where the services have databases of their own, so that no snapshot has the
 * records of all of them.
 *
 * <p>An order that breaks a rule is looked at again: what each database knows of its key, then its
 * records, then its key once more. It is judged only if the two looks at the key are equal, every
 * event that a database should have is there, and none is still to be handled. Then nothing has
 * happened to the order in between, and its records belong together. Otherwise it counts as in
 * flight.
 */
final class OrdersAgreeAcross {

  private final SystemBooks books;

  OrdersAgreeAcross(SystemBooks books) {
    this.books = books;
  }

  Finding count(Deadline deadline) {
    Tally tally = new Tally();
    UUID after = null;
    List<OrderBook> page;
    do {
      deadline.check();
      page = books.page(after, OrdersAgree.PAGE);
      tally.checked(page.size());
      List<UUID> suspects =
          page.stream().filter(book -> !violations(book).isEmpty()).map(OrderBook::id).toList();
      if (!suspects.isEmpty()) {
        judge(suspects, tally);
      }
      after = page.isEmpty() ? after : page.getLast().id();
    } while (page.size() == OrdersAgree.PAGE);
    return tally.finding();
  }

  private void judge(List<UUID> suspects, Tally tally) {
    Map<String, DatabaseKeys> before = books.keys(suspects);
    List<OrderBook> records = books.of(suspects);
    Map<String, DatabaseKeys> afterwards = books.keys(suspects);
    for (OrderBook book : records) {
      List<String> violations = violations(book);
      if (violations.isEmpty()) {
        continue;
      }
      Map<String, KeyEvents> known = of(book.id(), before);
      if (known.equals(of(book.id(), afterwards)) && isSettled(known, services(before))) {
        tally.violated(violations);
      } else {
        tally.inFlight();
      }
    }
  }

  private static List<String> violations(OrderBook book) {
    List<String> contradictions = book.contradictions();
    return contradictions.isEmpty() ? book.leftovers() : contradictions;
  }

  private static Map<String, KeyEvents> of(UUID key, Map<String, DatabaseKeys> databases) {
    Map<String, KeyEvents> known = new HashMap<>();
    databases.forEach((name, database) -> {
      KeyEvents events = database.keys().get(key);
      if (events != null) {
        known.put(name, events);
      }
    });
    return known;
  }

  private static Map<String, Set<String>> services(Map<String, DatabaseKeys> databases) {
    Map<String, Set<String>> services = new HashMap<>();
    databases.forEach((name, database) -> services.put(name, database.services()));
    return services;
  }

  /** Whether every database has each event that it keeps, and has handled all that it has. */
  static boolean isSettled(
      Map<String, KeyEvents> known, Map<String, Set<String>> servicesOfDatabases) {
    if (known.values().stream().anyMatch(KeyEvents::unhandled)) {
      return false;
    }
    Map<UUID, String> published = new HashMap<>();
    known.values().forEach(events -> published.putAll(events.published()));
    return known.entrySet().stream()
        .allMatch(database -> {
          Collection<String> services =
              servicesOfDatabases.getOrDefault(database.getKey(), Set.of());
          return published.entrySet().stream()
              .filter(event -> keeps(services, event.getValue()))
              .allMatch(event -> database.getValue().has(event.getKey()));
        });
  }

  private static boolean keeps(Collection<String> services, String type) {
    Set<String> keepers = new HashSet<>(Consumers.keepers(type));
    keepers.retainAll(services);
    return !keepers.isEmpty();
  }
}
