package dev.reserva.peers.dbos;

import dev.reserva.peers.shop.Decision;
import dev.reserva.peers.shop.NewOrder;
import java.sql.SQLException;
import java.util.UUID;

/** The interface of DBOS's proxy for the workflow. */
public interface OrderWorkflow {

  /** Runs the saga of an order. */
  Decision process(UUID order, NewOrder request) throws SQLException;
}
