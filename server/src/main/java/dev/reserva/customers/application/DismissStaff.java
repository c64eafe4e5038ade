package dev.reserva.customers.application;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Deactivates a login of staff, and ends its sessions and the API keys that it made. */
public final class DismissStaff {

  private final Users users;
  private final EndSessions endingSessions;
  private final RevokeApiKeys revokingKeys;

  public DismissStaff(Users users, EndSessions endingSessions, RevokeApiKeys revokingKeys) {
    this.users = users;
    this.endingSessions = endingSessions;
    this.revokingKeys = revokingKeys;
  }

  public sealed interface Outcome {
    record Dismissed() implements Outcome {}

    /** No active login of staff has this name. */
    record Unknown() implements Outcome {}
  }

  public Outcome dismiss(String login, Cause cause, Instant now, UnitOfWork tx) {
    Optional<UUID> account = users.deactivateStaff(login, tx);
    if (account.isEmpty()) {
      return new Outcome.Unknown();
    }
    endingSessions.of(account.get(), cause, now, tx);
    revokingKeys.ofMaker(account.get(), Set.of(), now, tx);
    return new Outcome.Dismissed();
  }
}
