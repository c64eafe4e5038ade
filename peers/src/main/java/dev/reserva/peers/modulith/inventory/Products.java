package dev.reserva.peers.modulith.inventory;

import java.math.BigDecimal;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** The products. Their stock is never below zero. */
interface Products extends Repository<Product, Long> {

  /** Takes units from stock; returns the price, empty if there are too few units. */
  @Query(
      """
      update product set stock = stock - :quantity where id = :id and stock >= :quantity
      returning price
      """)
  Optional<BigDecimal> take(long id, int quantity);

  @Modifying
  @Query("update product set stock = stock + :quantity where id = :id")
  void returnToStock(long id, int quantity);
}
