package dev.reserva.simulation;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.Cursors;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Counts when a process is fenced; a planted bug changes what cursors do. */
class WatchedCursors implements Cursors {

  private final Cursors cursors;
  private final Tally tally;

  WatchedCursors(Cursors cursors, Tally tally) {
    this.cursors = cursors;
    this.tally = tally;
  }

  @Override
  public Optional<Claim> claim(String subscription, UUID owner, Duration lease) {
    return cursors.claim(subscription, owner, lease);
  }

  @Override
  public boolean renew(Claim claim, Progress progress, Duration lease) {
    boolean holds = cursors.renew(claim, progress, lease);
    if (!holds) {
      tally.count(Happening.FENCED);
    }
    return holds;
  }

  @Override
  public void release(Claim claim, Progress progress) {
    cursors.release(claim, progress);
  }

  @Override
  public void advance(UnitOfWork tx, Claim claim, Progress progress, Duration lease) {
    try {
      cursors.advance(tx, claim, progress, lease);
    } catch (Fenced e) {
      tally.count(Happening.FENCED);
      throw e;
    }
  }

  @Override
  public OptionalLong position(String subscription) {
    return cursors.position(subscription);
  }

  @Override
  public OptionalLong generation(Claim claim) {
    return cursors.generation(claim);
  }

  @Override
  public boolean rewind(UnitOfWork tx, String subscription, long position) {
    return cursors.rewind(tx, subscription, position);
  }
}
