package dev.reserva.messaging.memory;

import dev.reserva.messaging.Deliveries;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.delivery.Cursors;
import dev.reserva.messaging.memory.MemoryRows.Cursor;
import dev.reserva.messaging.memory.MemoryRows.Status;
import dev.reserva.messaging.transport.LocalFlag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** Claims and cursors in a {@link MemoryDatabase}, and the generation of the log's head. */
public final class MemoryCursors implements Cursors {

  private static final String GENERATION = "generation";

  private final MemoryDatabase database;
  private final MemoryEventLog log;
  private final MemoryRows rows;
  private final Clock clock;
  private final Faults faults;

  public MemoryCursors(MemoryDatabase database, MemoryEventLog log, Clock clock, Faults faults) {
    this.database = database;
    this.log = log;
    this.rows = new MemoryRows(database);
    this.clock = clock;
    this.faults = faults;
  }

  /** The generation of the log's head; in a transaction or alone. */
  static long generation(MemoryDatabase database) {
    return database.<String, Long>table("log_head").get(GENERATION).orElse(0L);
  }

  private long raiseGeneration() {
    long raised = generation(database) + 1;
    database.<String, Long>table("log_head").put(GENERATION, raised);
    return raised;
  }

  @Override
  public Optional<Claim> claim(String subscription, UUID owner, Duration lease) {
    faults.at(Faults.Point.CALL);
    return database.transaction(() -> {
      Cursor cursor = rows.subscriptions.get(subscription).orElseGet(this::introduced);
      boolean held = cursor.owner() != null && !cursor.leaseUntil().isBefore(clock.instant());
      if (held && !owner.equals(cursor.owner())) {
        return Optional.empty();
      }
      Cursor claimed = cursor.claimedBy(owner, clock.instant().plus(lease));
      rows.subscriptions.put(subscription, claimed);
      return Optional.of(
          new Claim(
              subscription,
              claimed.epoch(),
              claimed.position(),
              !rows.of(subscription).isEmpty(),
              new LocalFlag(claimed.number(), claimed.flagsFrom()),
              raiseGeneration(),
              log.end()));
    });
  }

  private Cursor introduced() {
    int number = rows.subscriptions.size();
    return new Cursor(0, 0, null, Instant.MIN, 0, 0, 0, number, log.end());
  }

  @Override
  public boolean renew(Claim claim, Progress progress, Duration lease) {
    faults.at(Faults.Point.CALL);
    return database.transaction(() -> move(claim, progress, clock.instant().plus(lease)));
  }

  @Override
  public void release(Claim claim, Progress progress) {
    faults.at(Faults.Point.CALL);
    database.transaction(() -> {
      boolean released = move(claim, progress, Instant.MIN);
      if (released) {
        raiseGeneration();
      }
      return released;
    });
  }

  @Override
  public void advance(UnitOfWork tx, Claim claim, Progress progress, Duration lease) {
    if (!move(claim, progress, clock.instant().plus(lease))) {
      throw new Fenced(claim.subscription());
    }
  }

  private boolean move(Claim claim, Progress progress, Instant leaseUntil) {
    Cursor cursor = cursor(claim.subscription());
    if (cursor.epoch() != claim.epoch() || cursor.position() != claim.position()) {
      return false;
    }
    UUID owner = leaseUntil.equals(Instant.MIN) ? null : cursor.owner();
    rows.subscriptions.put(claim.subscription(), cursor.moved(progress, owner, leaseUntil));
    return true;
  }

  /** The flag by which the subscription recognises events that it handled locally. */
  static LocalFlag flag(MemoryDatabase database, String subscription) {
    return new MemoryRows(database)
        .subscriptions
        .get(subscription)
        .map(cursor -> new LocalFlag(cursor.number(), cursor.flagsFrom()))
        .orElse(LocalFlag.ABSENT);
  }

  private Cursor cursor(String subscription) {
    return rows.subscriptions
        .get(subscription)
        .orElseThrow(() -> new IllegalStateException("nobody has claimed " + subscription));
  }

  @Override
  public OptionalLong position(String subscription) {
    return rows.subscriptions.get(subscription).stream().mapToLong(Cursor::position).findFirst();
  }

  @Override
  public OptionalLong generation(Claim claim) {
    faults.at(Faults.Point.CALL);
    return database.reading(() ->
        cursor(claim.subscription()).epoch() == claim.epoch()
            ? OptionalLong.of(generation(database))
            : OptionalLong.empty());
  }

  @Override
  public boolean rewind(UnitOfWork tx, String subscription, long position) {
    Optional<Cursor> known = rows.subscriptions.get(subscription);
    known.ifPresent(cursor -> {
      raiseGeneration();
      rows.subscriptions.put(subscription, cursor.rewound(position, log.end()));
    });
    return known.isPresent();
  }

  /** The subscription's counters: delivered, handled, discarded, parked. */
  public long[] tally(String subscription) {
    Cursor cursor = cursor(subscription);
    return new long[] {
      cursor.delivered(), cursor.handled(), cursor.discarded(), rows.of(subscription).size()
    };
  }

  Optional<Deliveries.Account> account(String subscription, long end) {
    return rows.subscriptions
        .get(subscription)
        .map(cursor -> {
          Set<UUID> keys = new HashSet<>();
          long parked = 0;
          long headless = 0;
          for (MemoryRows.Parked row : rows.of(subscription)) {
            parked++;
            if (keys.add(row.event().key()) && row.status() == Status.WAITING) {
              headless++;
            }
          }
          return new Deliveries.Account(
              subscription,
              cursor.position(),
              end,
              cursor.delivered(),
              cursor.handled(),
              parked,
              cursor.discarded(),
              headless);
        });
  }
}
