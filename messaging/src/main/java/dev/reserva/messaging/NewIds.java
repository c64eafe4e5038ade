package dev.reserva.messaging;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The ids that a transaction has drawn at random for what it makes. No other transaction can know
 * of them before this one commits, so a local handler need not look up what it has on record of
 * them.
 *
 * <p>A unique constraint should stand behind this, as behind any look-up that locks no row.
 */
public final class NewIds implements UnitOfWork.Session {

  private final Set<UUID> drawn = new HashSet<>();

  /** By reader, the new ids that it has been told are new. */
  private final Map<Class<?>, Set<UUID>> told = new HashMap<>();

  private NewIds() {}

  /** Declares an id that was drawn for this transaction, or for an earlier run of it. */
  public static void add(UUID id, UnitOfWork tx) {
    of(tx).drawn.add(id);
  }

  /**
   * The ids that the reader has to look up: all but those that are new and that it asks for the
   * first time in this transaction. After that it may itself have put something on record.
   */
  public static List<UUID> toLookUp(Collection<UUID> ids, Class<?> reader, UnitOfWork tx) {
    NewIds known = of(tx);
    Set<UUID> heard = known.told.computeIfAbsent(reader, _ -> new HashSet<>());
    List<UUID> others = new ArrayList<>();
    for (UUID id : ids) {
      if (!known.drawn.contains(id) || !heard.add(id)) {
        others.add(id);
      }
    }
    return others;
  }

  private static NewIds of(UnitOfWork tx) {
    return tx.session(NewIds.class, NewIds::new);
  }

  @Override
  public void flush() {
    // What it knows is for the transaction itself.
  }
}
