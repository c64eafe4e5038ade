package dev.reserva.peers.dbos;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.StartWorkflowOptions;
import dev.dbos.transact.workflow.WorkflowHandle;
import dev.reserva.peers.shop.Decision;
import dev.reserva.peers.shop.NewOrder;
import java.sql.SQLException;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Places orders, and answers when they are decided. */
@RestController
class OrderController {
  private final DBOS dbos;
  private final OrderWorkflow workflow;

  OrderController(DBOS dbos, OrderWorkflow workflow) {
    this.dbos = dbos;
    this.workflow = workflow;
  }

  /** The order's id is that of the workflow, which DBOS runs once however often it is started. */
  @PostMapping("/orders")
  @ResponseStatus(HttpStatus.CREATED)
  Decision place(@RequestBody NewOrder request) throws SQLException {
    UUID order = UUID.randomUUID();
    WorkflowHandle<Decision, SQLException> started =
        dbos.startWorkflow(
            () -> workflow.process(order, request), new StartWorkflowOptions(order.toString()));
    return started.getResult();
  }
}
