package dev.reserva.logistics.adapters.memory;

import dev.reserva.logistics.application.Shipments;
import dev.reserva.logistics.domain.Fulfilment;
import dev.reserva.logistics.domain.Line;
import dev.reserva.logistics.domain.Location;
import dev.reserva.logistics.domain.Shipment;
import dev.reserva.logistics.domain.ShipmentStatus;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Logistics' shipments, by id. */
public final class MemoryShipments implements Shipments {

  public static MemoryTable<UUID, Shipment> table(MemoryDatabase database) {
    return database.table("logistics.shipment");
  }

  private static MemoryTable<UUID, Shipment> rows(UnitOfWork tx) {
    return table(tx.resource(MemoryDatabase.class));
  }

  @Override
  public Map<UUID, Fulfilment> lock(Collection<UUID> orderIds, UnitOfWork tx) {
    Map<UUID, Fulfilment> fulfilments = new LinkedHashMap<>();
    for (UUID order : new TreeSet<>(orderIds)) {
      fulfilments.put(
          order,
          Fulfilment.of(
              order, rows(tx).values().stream().filter(it -> it.orderId().equals(order)).toList()));
    }
    return fulfilments;
  }

  @Override
  public Optional<Fulfilment> lock(UUID shipmentId, UnitOfWork tx) {
    return find(shipmentId, tx)
        .map(it -> Objects.requireNonNull(lock(List.of(it.orderId()), tx).get(it.orderId())));
  }

  @Override
  public void save(Collection<Fulfilment> fulfilments, UnitOfWork tx) {
    for (Fulfilment fulfilment : fulfilments) {
      fulfilment.changed().forEach(it -> rows(tx).put(it.id(), it));
      for (Shipment added : fulfilment.added()) {
        if (rows(tx).values().stream()
            .anyMatch(it -> it.orderId().equals(added.orderId()) && it.part() == added.part())) {
          throw new IllegalStateException(
              "order %s has a shipment %d".formatted(added.orderId(), added.part()));
        }
        rows(tx).put(added.id(), added);
      }
    }
  }

  @Override
  public Optional<Shipment> find(UUID id, UnitOfWork tx) {
    return rows(tx).get(id).filter(it -> !it.isTombstone());
  }

  @Override
  public List<Shipment> list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
    return visible(tx)
        .filter(it -> filter.orderId() == null || filter.orderId().equals(it.orderId()))
        .filter(it -> filter.customerId() == null || filter.customerId().equals(it.customerId()))
        .filter(it -> filter.status() == null || filter.status() == it.status())
        .filter(it -> filter.location() == null || filter.location().equals(it.location()))
        .filter(it -> before == null || it.id().toString().compareTo(before.toString()) < 0)
        .sorted(Comparator.comparing((Shipment it) -> it.id().toString()).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public List<Picking> pickingList(
      Location location, @Nullable UUID before, int limit, int mostShipments, UnitOfWork tx) {
    Map<String, List<Need>> needs = new TreeMap<>(Comparator.reverseOrder());
    Map<String, Line> lines = new LinkedHashMap<>();
    visible(tx)
        .filter(it -> it.status() == ShipmentStatus.PREPARING && it.location().equals(location))
        .sorted(Comparator.comparing(it -> it.id().toString()))
        .forEach(it ->
            it.lines()
                .forEach(line -> {
                  lines.put(line.productId().toString(), line);
                  needs
                      .computeIfAbsent(line.productId().toString(), _ -> new ArrayList<>())
                      .add(new Need(it.id(), line.quantity()));
                }));
    return needs.entrySet().stream()
        .filter(entry -> before == null || entry.getKey().compareTo(before.toString()) < 0)
        .limit(limit)
        .map(entry -> {
          Line line = Objects.requireNonNull(lines.get(entry.getKey()));
          return new Picking(
              line.productId(),
              line.sku(),
              line.name(),
              entry.getValue().stream().mapToLong(Need::quantity).sum(),
              entry.getValue().size(),
              entry.getValue().stream().limit(mostShipments).toList());
        })
        .toList();
  }

  private static Stream<Shipment> visible(UnitOfWork tx) {
    return rows(tx).values().stream().filter(it -> !it.isTombstone());
  }
}
