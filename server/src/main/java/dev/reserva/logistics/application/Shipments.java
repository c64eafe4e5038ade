package dev.reserva.logistics.application;

import dev.reserva.logistics.domain.Fulfilment;
import dev.reserva.logistics.domain.Location;
import dev.reserva.logistics.domain.Shipment;
import dev.reserva.logistics.domain.ShipmentStatus;
import dev.reserva.messaging.UnitOfWork;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The stored shipments. */
public interface Shipments {

  /**
   * What is on record for these orders, locked until the transaction ends, in order of the orders.
   *
   * @return one for each order, empty where nothing is on record
   */
  Map<UUID, Fulfilment> lock(Collection<UUID> orderIds, UnitOfWork tx);

  /**
   * The shipment with all others of its order, locked as by {@link #lock(Collection, UnitOfWork)};
   * no tombstone.
   */
  Optional<Fulfilment> lock(UUID shipmentId, UnitOfWork tx);

  /** Writes what was added and changed. The orders must be locked. */
  void save(Collection<Fulfilment> fulfilments, UnitOfWork tx);

  /** The shipment; no tombstone. */
  Optional<Shipment> find(UUID id, UnitOfWork tx);

  /**
   * Newest first, without tombstones.
   *
   * @param before continue below this id
   */
  List<Shipment> list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx);

  /**
   * What has to be picked at a location, summed by product, in falling order of the products' ids.
   *
   * @param before continue below this product
   * @param mostShipments most shipments that are named for a product, the oldest
   */
  List<Picking> pickingList(
      Location location, @Nullable UUID before, int limit, int mostShipments, UnitOfWork tx);

  /** The conditions of a list. An absent one does not restrict it. */
  record Filter(
      @Nullable UUID orderId,
      @Nullable UUID customerId,
      @Nullable ShipmentStatus status,
      @Nullable Location location) {}

  /**
   * What has to be picked of one product.
   *
   * @param quantity units in all shipments
   * @param shipments how many shipments need it
   * @param oldest the oldest of them
   */
  record Picking(
      UUID productId, String sku, String name, long quantity, long shipments, List<Need> oldest) {
    public Picking {
      oldest = List.copyOf(oldest);
    }
  }

  /** Units that one shipment needs. */
  record Need(UUID shipmentId, int quantity) {}
}
