package dev.reserva.customers.domain;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer. It may order until it is deactivated.
 *
 * @param language in which it wants to be written to; absent for the shop's own
 * @param verified whether somebody who reads the mail of the address has confirmed it
 * @param version 1 at first, one more with each change
 */
public record Customer(
    UUID id,
    PersonName name,
    Email email,
    @Nullable Phone phone,
    @Nullable Language language,
    boolean active,
    boolean verified,
    int version,
    Instant createdAt,
    Instant updatedAt) {

  /** The details that a customer can change. */
  public record Details(
      PersonName name, Email email, @Nullable Phone phone, @Nullable Language language) {}

  public static Customer register(UUID id, Details details, Instant now) {
    return new Customer(
        id,
        details.name(),
        details.email(),
        details.phone(),
        details.language(),
        true,
        false,
        1,
        now,
        now);
  }

  /** The outcome of a change. */
  public sealed interface Change {
    record Changed(Customer customer) implements Change {}

    /** Nothing differs. */
    record Unchanged() implements Change {}

    /** The customer is deactivated and cannot be changed. */
    record Refused() implements Change {}
  }

  public Change with(Details details, Instant now) {
    if (!active) {
      return new Change.Refused();
    }
    return name.equals(details.name())
            && email.value().equals(details.email().value())
            && Objects.equals(phone, details.phone())
            && language == details.language()
        ? new Change.Unchanged()
        : new Change.Changed(
            new Customer(
                id,
                details.name(),
                details.email(),
                details.phone(),
                details.language(),
                true,
                verified && email.equals(details.email()),
                version + 1,
                createdAt,
                now));
  }

  public Change deactivated(Instant now) {
    return active ? new Change.Changed(with(false, verified, now)) : new Change.Unchanged();
  }

  public Change reactivated(Instant now) {
    return active ? new Change.Unchanged() : new Change.Changed(with(true, verified, now));
  }

  /** The same customer with a verified e-mail address. */
  public Change confirmed(Instant now) {
    if (!active) {
      return new Change.Refused();
    }
    return verified ? new Change.Unchanged() : new Change.Changed(with(true, true, now));
  }

  private Customer with(boolean nowActive, boolean nowVerified, Instant now) {
    return new Customer(
        id, name, email, phone, language, nowActive, nowVerified, version + 1, createdAt, now);
  }

  @Override
  public String toString() {
    return "Customer[%s]".formatted(id);
  }
}
