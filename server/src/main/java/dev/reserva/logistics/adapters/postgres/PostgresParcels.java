package dev.reserva.logistics.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.platform.integrity.OrderClaims;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What logistics ships for orders. A tombstone ships nothing and is left out. */
public final class PostgresParcels implements OrderClaims.Shipped {

  @Override
  public Map<UUID, List<Parcel>> parcels(UnitOfWork snapshot, List<UUID> orderIds) {
    Map<UUID, List<Parcel>> parcels = new HashMap<>();
    UUID[] ids = orderIds.toArray(UUID[]::new);
    Statements.of(snapshot)
        .query(PostgresShipments.BY_ORDER, ShipmentRows::shipment, ids, ids)
        .forEach(shipment -> {
          if (!shipment.isTombstone()) {
            Map<UUID, Integer> lines = new HashMap<>();
            shipment.lines().forEach(line -> lines.put(line.productId(), line.quantity()));
            parcels
                .computeIfAbsent(shipment.orderId(), _ -> new ArrayList<>())
                .add(new Parcel(shipment.status().name(), shipment.location().code(), lines));
          }
        });
    return parcels;
  }
}
