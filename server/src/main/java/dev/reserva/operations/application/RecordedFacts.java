package dev.reserva.operations.application;

import dev.reserva.messaging.Event;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventLog;
import dev.reserva.messaging.EventLog.Entry;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Unprocessable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Judges what an event by hand claims, by the facts that services have stated in the log. A service
 * alone states its facts: an event by hand may repeat the last one about an entity, which is a
 * repair where somebody has missed it, and nothing else that anybody could act upon.
 */
public final class RecordedFacts {

  private static final int PAGE = 1_000;

  /** More events of one key are not read; what they may have stated counts as not stated. */
  private static final int MAX_READ = 10_000;

  private final EventLog log;
  private final EventCatalogue catalogue;
  private final Transactions transactions;
  private final ManualPublications publications;
  private final Set<String> services;

  /**
   * @param services that run in this process
   */
  public RecordedFacts(
      EventLog log,
      EventCatalogue catalogue,
      Transactions transactions,
      ManualPublications publications,
      Set<String> services) {
    this.log = log;
    this.catalogue = catalogue;
    this.transactions = transactions;
    this.publications = publications;
    this.services = Set.copyOf(services);
  }

  /** What an event by hand claims. */
  public enum Claim {
    /** Nobody can read it: a drill, which becomes a dead letter. */
    NOTHING,
    /** The last fact about its entity, once more. */
    REPEATED,
    /** A fact of a service that runs elsewhere, about a key that the log knows nothing of. */
    FOREIGN,
    /** A fact that its service has not stated, or has stated and gone on from. */
    UNSTATED
  }

  /** Reads the log; to be called outside a transaction. */
  public Claim claimOf(Event event) {
    Optional<Object> payload = payload(event);
    if (payload.isEmpty()) {
      return Claim.NOTHING;
    }
    Stated stated = read(event);
    if (stated.last() != null
        && stated.last().type().equals(event.type())
        && payload.equals(payload(stated.last()))) {
      return Claim.REPEATED;
    }
    return stated.some() || services.contains(event.context()) ? Claim.UNSTATED : Claim.FOREIGN;
  }

  /** Whether an edit would turn an event by hand into a fact that its service has not stated. */
  public boolean wouldStateAFact(Event original, String edited) {
    return isManual(List.of(original.id())).contains(original.id())
        && claimOf(original.withData(edited)) == Claim.UNSTATED;
  }

  /**
   * What services have stated under an event's key.
   *
   * @param some whether they have stated anything
   * @param last the last fact about the event's own entity
   */
  private record Stated(boolean some, @Nullable Event last) {}

  private Stated read(Event event) {
    boolean some = false;
    Event last = null;
    long after = 0;
    for (int read = 0; read < MAX_READ; read += PAGE) {
      List<Entry> page = log.ofKey(event.key(), after, PAGE);
      Set<UUID> manual = isManual(page.stream().map(entry -> entry.event().id()).toList());
      for (Entry entry : page) {
        after = entry.position();
        Event other = entry.event();
        if (!manual.contains(other.id())) {
          some = true;
          last = isAboutTheSame(other, event) ? other : last;
        }
      }
      if (page.size() < PAGE) {
        return new Stated(some, last);
      }
    }
    return new Stated(true, null);
  }

  private Set<UUID> isManual(List<UUID> ids) {
    return ids.isEmpty() ? Set.of() : transactions.snapshot(tx -> publications.among(ids, tx));
  }

  /** Facts about one entity have its id and all but the last word of their type in common. */
  private static boolean isAboutTheSame(Event one, Event other) {
    return one.subject().equals(other.subject())
        && entityOf(one.type()).equals(entityOf(other.type()));
  }

  private static String entityOf(String type) {
    int second = type.indexOf('.', type.indexOf('.') + 1);
    return second < 0 ? type : type.substring(0, second);
  }

  private Optional<Object> payload(Event event) {
    try {
      return Optional.of(catalogue.payload(event));
    } catch (Unprocessable unreadable) {
      return Optional.empty();
    }
  }
}
