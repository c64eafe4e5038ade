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
 * The ids that a transaction has generated. No other transaction can know them before this one
 * commits, so a handler in this transaction need not look up its rows of them.
 *
 * <p>A unique constraint must back this up, as it must any look-up that locks no row.
 */
public final class NewIds implements UnitOfWork.Session {

  private final Set<UUID> generated = new HashSet<>();

  /** By reader, the generated ids that it has asked for. */
  private final Map<Class<?>, Set<UUID>> askedBy = new HashMap<>();

  private NewIds() {}

  /** Declares an id that was generated for this transaction, or for an earlier run of it. */
  public static void add(UUID id, UnitOfWork tx) {
    of(tx).generated.add(id);
  }

  /**
   * The ids that a reader has to look up. It can skip a generated id when it asks for it first in
   * this transaction; after that, it may itself have written rows of it.
   */
  public static List<UUID> toLookUp(Collection<UUID> ids, Class<?> reader, UnitOfWork tx) {
    NewIds known = of(tx);
    Set<UUID> asked = known.askedBy.computeIfAbsent(reader, _ -> new HashSet<>());
    List<UUID> others = new ArrayList<>();
    for (UUID id : ids) {
      if (!known.generated.contains(id) || !asked.add(id)) {
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
    // There is nothing to write: this state serves the transaction only.
  }
}
