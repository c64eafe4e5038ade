package dev.reserva.webhooks.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A URL of the shop's own systems with what it gets.
 *
 * @param disabledReason present exactly while it is disabled
 * @param failingSince the first failed attempt after the last successful one
 */
public record Endpoint(
    UUID id,
    Target target,
    EndpointState state,
    @Nullable DisabledReason disabledReason,
    @Nullable Instant failingSince,
    Secrets secrets,
    Instant createdAt,
    Instant updatedAt,
    int version) {

  public static final int MAX_FILTERS = 50;
  public static final int MAX_DESCRIPTION = 200;
  public static final int MAX_URL = 1_000;

  /** How long every attempt must have failed before the endpoint is disabled. */
  public static final Duration PATIENCE = Duration.ofDays(5);

  /** How long the former secret signs beside the new one. */
  public static final Duration ROTATION = Duration.ofDays(1);

  /**
   * What an operator chooses.
   *
   * @param ordered whether a delivery waits for the earlier ones of its key
   */
  public record Target(
      String url, List<EventFilter> filters, @Nullable String description, boolean ordered) {
    public Target {
      filters = List.copyOf(filters);
      if (filters.isEmpty() || filters.size() > MAX_FILTERS) {
        throw new IllegalArgumentException(
            "must have 1..%d entries, had %d".formatted(MAX_FILTERS, filters.size()));
      }
    }
  }

  public Endpoint {
    if ((state == EndpointState.DISABLED) != (disabledReason != null)) {
      throw new IllegalArgumentException("a disabled endpoint has a reason, no other has one");
    }
  }

  public static Endpoint registered(UUID id, Target target, String sealedSecret, Instant now) {
    return new Endpoint(
        id,
        target,
        EndpointState.ACTIVE,
        null,
        null,
        new Secrets(sealedSecret, null, null),
        now,
        now,
        1);
  }

  /** An endpoint does not hear of itself. */
  public boolean gets(String type, UUID subject) {
    return !subject.equals(id) && target.filters().stream().anyMatch(it -> it.matches(type));
  }

  public Endpoint changed(Target other, Instant now) {
    return new Endpoint(
        id, other, state, disabledReason, failingSince, secrets, createdAt, now, version + 1);
  }

  public Endpoint rotated(String sealedSecret, Instant now) {
    return new Endpoint(
        id,
        target,
        state,
        disabledReason,
        failingSince,
        secrets.rotated(sealedSecret, now.plus(ROTATION)),
        createdAt,
        now,
        version + 1);
  }

  public Endpoint disabled(DisabledReason reason, Instant now) {
    return in(EndpointState.DISABLED, reason, failingSince, now);
  }

  /** It must answer a probe before it gets events again. */
  public Endpoint probed(Instant now) {
    return in(EndpointState.PROBING, null, failingSince, now);
  }

  /** The endpoint after an attempt; itself if nothing has changed. */
  public Endpoint attempted(Answer answer, Instant now) {
    if (state == EndpointState.DISABLED) {
      return this;
    }
    if (answer.isSuccess()) {
      return state == EndpointState.ACTIVE && failingSince == null
          ? this
          : in(EndpointState.ACTIVE, null, null, now);
    }
    if (answer.isGone()) {
      return disabled(DisabledReason.GONE, now);
    }
    if (state == EndpointState.PROBING) {
      return disabled(DisabledReason.PROBE_FAILED, now);
    }
    if (failingSince == null) {
      return in(state, null, now, now);
    }
    return now.isBefore(failingSince.plus(PATIENCE)) ? this : disabled(DisabledReason.FAILING, now);
  }

  private Endpoint in(
      EndpointState next, @Nullable DisabledReason reason, @Nullable Instant since, Instant now) {
    return new Endpoint(id, target, next, reason, since, secrets, createdAt, now, version + 1);
  }
}
