package dev.reserva.customers.domain;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer. It may order until it is deactivated.
 *
 * @param version 1 at first, one more with each change
 */
public record Customer(
    UUID id,
    PersonName name,
    Email email,
    @Nullable Phone phone,
    boolean active,
    int version,
    Instant createdAt,
    Instant updatedAt) {

  /** The details that a customer can change. */
  public record Details(PersonName name, Email email, @Nullable Phone phone) {}

  public static Customer register(UUID id, Details details, Instant now) {
    return new Customer(id, details.name(), details.email(), details.phone(), true, 1, now, now);
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
        ? new Change.Unchanged()
        : new Change.Changed(
            new Customer(
                id,
                details.name(),
                details.email(),
                details.phone(),
                true,
                version + 1,
                createdAt,
                now));
  }

  public Change deactivated(Instant now) {
    return active
        ? new Change.Changed(
            new Customer(id, name, email, phone, false, version + 1, createdAt, now))
        : new Change.Unchanged();
  }

  @Override
  public String toString() {
    return "Customer[%s]".formatted(id);
  }
}
