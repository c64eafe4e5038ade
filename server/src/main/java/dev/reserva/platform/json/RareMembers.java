package dev.reserva.platform.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.reserva.contracts.InventoryEvent;
import dev.reserva.contracts.SalesEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Members that few events have. They are left out where they are absent, while other members are
 * then written as null: the events of most orders have none of these, once for each line.
 */
final class RareMembers {

  private RareMembers() {}

  static JsonMapper.Builder leftOut(JsonMapper.Builder events) {
    return events
        .addMixIn(InventoryEvent.ProductCreated.class, Bundle.class)
        .addMixIn(InventoryEvent.ProductUpdated.class, Bundle.class)
        .addMixIn(InventoryEvent.StockReserved.class, Awaited.class)
        .addMixIn(SalesEvent.OrderPaid.class, Awaited.class)
        .addMixIn(SalesEvent.Item.class, Parts.class)
        .addMixIn(SalesEvent.HeldItem.class, Units.class)
        .addMixIn(SalesEvent.ReturnItem.class, Parts.class);
  }

  interface Bundle {
    @JsonInclude(Include.NON_NULL)
    @Nullable List<?> bundle();
  }

  interface Awaited {
    @JsonInclude(Include.NON_NULL)
    @Nullable List<?> awaited();
  }

  interface Parts {
    @JsonInclude(Include.NON_NULL)
    @Nullable List<?> parts();
  }

  interface Units {
    @JsonInclude(Include.NON_NULL)
    @Nullable List<?> units();
  }
}
