package dev.reserva.peers.dbos;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.txstep.JdbcStepFactory;
import dev.dbos.transact.workflow.StepOptions;
import dev.dbos.transact.workflow.Workflow;
import dev.reserva.peers.shop.Decision;
import dev.reserva.peers.shop.Decision.Status;
import dev.reserva.peers.shop.NewOrder;
import dev.reserva.peers.shop.SimulatedProvider;
import java.sql.SQLException;
import java.util.UUID;

/** The saga: reserve, pay, confirm; or release and cancel. */
final class DurableOrders implements OrderWorkflow {
  private static final StepOptions CHARGE = new StepOptions("charge").withMaxAttempts(3);

  private final DBOS dbos;
  private final JdbcStepFactory database;
  private final SimulatedProvider provider;

  DurableOrders(DBOS dbos, JdbcStepFactory database, SimulatedProvider provider) {
    this.dbos = dbos;
    this.database = database;
    this.provider = provider;
  }

  @Override
  @Workflow(name = "process-order")
  public Decision process(UUID order, NewOrder request) throws SQLException {
    Reservation reservation =
        database.txStep(
            connection -> {
              return OrderTables.reserve(connection, order, request);
            },
            "reserve");
    if (!reservation.complete()) {
      return new Decision(order, Status.CANCELLED);
    }
    boolean paid =
        dbos.runStep(() -> provider.charge(order, reservation.total(), request.token()), CHARGE);
    if (!paid) {
      database.txStep(
          connection -> {
            OrderTables.release(connection, order, request);
          },
          "release");
      return new Decision(order, Status.CANCELLED);
    }
    database.txStep(
        connection -> {
          OrderTables.confirm(connection, order);
        },
        "confirm");
    return new Decision(order, Status.CONFIRMED);
  }
}
