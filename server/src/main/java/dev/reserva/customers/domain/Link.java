package dev.reserva.customers.domain;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * A link that lets its owner do one thing once.
 *
 * @param expiresAt it is invalid from then on
 */
public record Link(UUID id, Purpose purpose, Owner owner, Instant createdAt, Instant expiresAt) {

  /** What a link is for. */
  public enum Purpose {
    /** Confirm that the mail of a customer's e-mail address is read. */
    VERIFY_EMAIL,
    /** Choose a new password, or a first one. */
    RESET_PASSWORD;

    /** The name on the wire. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whose link it is. */
  public sealed interface Owner {
    UUID id();

    /** A customer, with a login or without. */
    record OfCustomer(UUID id) implements Owner {}

    /**
     * A member of staff.
     *
     * @param id of the account
     */
    record OfStaff(UUID id) implements Owner {}
  }

  public Link {
    if (!expiresAt.isAfter(createdAt)) {
      throw new IllegalArgumentException(
          "a link must expire after %s, was to expire at %s".formatted(createdAt, expiresAt));
    }
  }
}
