package dev.reserva.peers.modulith.orders;

import dev.reserva.peers.shop.Decision.Status;
import java.util.List;
import java.util.UUID;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.MappedCollection;
import org.springframework.data.relational.core.mapping.Table;

/** A stored order with its lines. */
@Table("orders")
record Order(
    @Id UUID id,
    Status status,
    @MappedCollection(idColumn = "order_id", keyColumn = "line") List<OrderLine> lines) {}
