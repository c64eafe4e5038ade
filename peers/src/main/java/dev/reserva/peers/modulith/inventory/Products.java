package dev.reserva.peers.modulith.inventory;

import java.math.BigDecimal;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** The stock; never below zero. */
interface Products extends Repository<Product, Long> {

  /** The product's price, or nothing if there is not enough of it. */
  @Query(
      """
      update product set stock = stock - :quantity where id = :id and stock >= :quantity
      returning price
      """)
  Optional<BigDecimal> take(long id, int quantity);

  @Modifying
  @Query("update product set stock = stock + :quantity where id = :id")
  void giveBack(long id, int quantity);
}
