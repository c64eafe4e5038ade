package dev.reserva.inventory.adapters.postgres;

import dev.reserva.inventory.application.Bundles;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The bundles in {@code inventory.product}. */
public final class PostgresBundles implements Bundles {

  // By the index of bundles alone, which is small.
  private static final String OF =
      """
      select id, active, bundle_products, bundle_quantities from inventory.product
      where id = any(?) and bundle_products is not null
      """;

  private static final String LOCK_PARTS =
      """
      select id, bundle_products is not null as is_bundle from inventory.product
      where id = any(?) order by id for share
      """;

  private static final String IS_PART =
      """
      select exists (select from inventory.product where bundle_products @> array[?::uuid]) as is_part
      """;

  private static final String LOCK_STOCK =
      """
      select location from inventory.stock where product_id = ? order by location, revision_group
      for update
      """;

  private static final String HAS_LEDGER =
      "select exists (select from inventory.ledger where product_id = ?) as has_ledger";

  private static final String DELETE_STOCK = "delete from inventory.stock where product_id = ?";

  @Override
  public Map<UUID, Offer> of(Collection<UUID> productIds, UnitOfWork tx) {
    Map<UUID, Offer> offers = new HashMap<>();
    Statements.of(tx)
        .query(
            OF,
            row ->
                offers.put(
                    Rows.uuid(row, "id"),
                    new Offer(BundleColumns.bundle(row), row.getBoolean("active"))),
            (Object) productIds.toArray(UUID[]::new));
    return offers;
  }

  @Override
  public Map<UUID, Boolean> lockParts(Collection<UUID> productIds, UnitOfWork tx) {
    Map<UUID, Boolean> parts = new HashMap<>();
    Statements.of(tx)
        .query(
            LOCK_PARTS,
            row -> parts.put(Rows.uuid(row, "id"), row.getBoolean("is_bundle")),
            (Object) productIds.toArray(UUID[]::new));
    return parts;
  }

  @Override
  public boolean isPart(UUID productId, UnitOfWork tx) {
    return Statements.of(tx).query(IS_PART, row -> row.getBoolean("is_part"), productId).getFirst();
  }

  @Override
  public boolean giveUpStock(UUID productId, UnitOfWork tx) {
    Statements statements = Statements.of(tx);
    statements.query(LOCK_STOCK, row -> row.getString("location"), productId);
    // A statement of its own: it sees what those have entered that held the locks before.
    if (statements.query(HAS_LEDGER, row -> row.getBoolean("has_ledger"), productId).getFirst()) {
      return false;
    }
    statements.update(DELETE_STOCK, productId);
    return true;
  }
}
