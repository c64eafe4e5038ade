package dev.reserva.customers.application;

import dev.reserva.customers.domain.Link;
import dev.reserva.customers.domain.Link.Owner;
import dev.reserva.customers.domain.Link.Purpose;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Makes links. The new link of an owner takes the place of the last one for the same purpose.
 *
 * <p>An owner gets at most one link for a purpose in {@link #PAUSE}, so that nobody's mailbox can
 * be flooded by repeated requests.
 */
public final class IssueLinks {

  static final Duration PAUSE = Duration.ofMinutes(5);

  private final Links links;
  private final Ids ids;
  private final Lifetimes lifetimes;

  public IssueLinks(Links links, Ids ids, Lifetimes lifetimes) {
    this.links = links;
    this.ids = ids;
    this.lifetimes = lifetimes;
  }

  /** How long links can be used. */
  public record Lifetimes(Duration verification, Duration reset) {

    Duration of(Purpose purpose) {
      return switch (purpose) {
        case VERIFY_EMAIL -> verification;
        case RESET_PASSWORD -> reset;
      };
    }
  }

  /** What somebody needs a link for. */
  public record Wanted(Purpose purpose, Owner owner) {}

  public Optional<Link> issue(Wanted wanted, Instant now, UnitOfWork tx) {
    return issue(List.of(wanted), now, tx).getFirst();
  }

  /**
   * @return one result for each that is wanted, in their order; empty if the owner got such a link
   *     only a moment ago
   */
  public List<Optional<Link>> issue(List<Wanted> wanted, Instant now, UnitOfWork tx) {
    Map<Wanted, Link> made = new LinkedHashMap<>();
    List<Optional<Link>> firsts = new ArrayList<>(wanted.size());
    for (Wanted one : wanted) {
      Link link =
          new Link(
              ids.next(), one.purpose(), one.owner(), now, now.plus(lifetimes.of(one.purpose())));
      firsts.add(made.putIfAbsent(one, link) == null ? Optional.of(link) : Optional.empty());
    }
    Set<UUID> added = links.add(List.copyOf(made.values()), PAUSE, tx);
    return firsts.stream().map(first -> first.filter(link -> added.contains(link.id()))).toList();
  }
}
