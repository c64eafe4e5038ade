package dev.reserva.peers.modulith.inventory;

import java.util.UUID;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** The reservations by order, so that an event that is delivered twice changes nothing. */
interface Reservations extends Repository<Reservation, UUID> {

  /**
   * @return false if the order has a reservation already
   */
  @Modifying
  @Query(
      "insert into reservation (order_id, status) values (:order, :status) on conflict do nothing")
  boolean add(UUID order, String status);

  @Modifying
  @Query("update reservation set status = 'REFUSED' where order_id = :order")
  void refuse(UUID order);

  /**
   * @return false if nothing is reserved
   */
  @Modifying
  @Query(
      "update reservation set status = 'RELEASED' where order_id = :order and status = 'RESERVED'")
  boolean release(UUID order);
}
