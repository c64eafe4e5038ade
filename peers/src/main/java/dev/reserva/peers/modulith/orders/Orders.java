package dev.reserva.peers.modulith.orders;

import java.math.BigDecimal;
import java.util.UUID;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** Updates stored orders. A decided order does not change. */
interface Orders extends Repository<Order, UUID> {

  @Modifying
  @Query(
      "update orders set status = 'CONFIRMED', total = :total where id = :id and status = 'PENDING'")
  void confirm(UUID id, BigDecimal total);

  @Modifying
  @Query("update orders set status = 'CANCELLED' where id = :id and status = 'PENDING'")
  void cancel(UUID id);
}
