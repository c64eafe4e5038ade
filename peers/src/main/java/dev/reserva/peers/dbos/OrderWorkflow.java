package dev.reserva.peers.dbos;

import dev.reserva.peers.shop.Decision;
import dev.reserva.peers.shop.NewOrder;
import java.sql.SQLException;
import java.util.UUID;

/** The workflow as DBOS's proxy offers it. */
public interface OrderWorkflow {

  /** Brings an order to its end. */
  Decision process(UUID order, NewOrder wanted) throws SQLException;
}
