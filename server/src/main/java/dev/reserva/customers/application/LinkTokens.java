package dev.reserva.customers.application;

import dev.reserva.customers.domain.Link;
import dev.reserva.customers.domain.Link.Purpose;
import java.util.Optional;
import java.util.UUID;

/** The secrets in links: derived from a link, so that nothing secret is stored. */
public interface LinkTokens {

  /** The secret of a link; always the same. */
  String of(Link link);

  /**
   * The id of the link that a secret belongs to.
   *
   * @return empty if it is not the secret of a link of this purpose
   */
  Optional<UUID> idOf(String token, Purpose purpose);
}
