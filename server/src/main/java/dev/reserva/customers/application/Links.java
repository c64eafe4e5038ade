package dev.reserva.customers.application;

import dev.reserva.customers.domain.Email;
import dev.reserva.customers.domain.Link;
import dev.reserva.customers.domain.Link.Purpose;
import dev.reserva.messaging.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The links that can still be used, at most one of an owner for each purpose. */
public interface Links {

  /**
   * Stores links in place of the last ones of their owners and purposes. One whose owner has a link
   * of the purpose that is younger than the pause is not stored.
   *
   * @param links no two of one owner and purpose
   * @return the ids of those that were stored
   */
  Set<UUID> add(List<Link> links, Duration pause, UnitOfWork tx);

  /** A link that has not expired. */
  Optional<Link> find(UUID id, Instant now, UnitOfWork tx);

  /** Takes a link that has not expired away: it can be taken once. */
  Optional<Link> take(UUID id, Instant now, UnitOfWork tx);

  /** Takes an owner's links for these purposes away. */
  void remove(UUID owner, Set<Purpose> purposes, UnitOfWork tx);

  /**
   * Links that have not expired, newest first.
   *
   * @param before only links with a lower id
   */
  List<Open> open(Filter filter, @Nullable UUID before, int limit, Instant now, UnitOfWork tx);

  /**
   * Conditions that a link must meet. An absent condition is met by all.
   *
   * @param email of the customer whose link it is, in any case
   * @param username of the member of staff whose link it is
   */
  record Filter(@Nullable Email email, @Nullable String username) {}

  /**
   * A link with the one whom it is sent to.
   *
   * @param email of a customer; absent for staff
   * @param username of staff; absent for a customer
   */
  record Open(Link link, @Nullable Email email, @Nullable String username) {

    /** Hides the address: personal data stays out of logs. */
    @Override
    public String toString() {
      return "Open[%s]".formatted(link);
    }
  }
}
