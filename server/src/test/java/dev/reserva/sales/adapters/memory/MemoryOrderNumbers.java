package dev.reserva.sales.adapters.memory;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import dev.reserva.sales.application.OrderNumbers;
import dev.reserva.sales.domain.OrderNumber;
import java.util.Iterator;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** Numbers one after the other, over all processes. */
public final class MemoryOrderNumbers implements OrderNumbers {

  private static final String LAST = "last";

  @Override
  public Supplier<Iterator<OrderNumber>> draw(int most, UnitOfWork tx) {
    MemoryTable<String, Long> sequence =
        tx.resource(MemoryDatabase.class).table("sales.order_number");
    long last = sequence.get(LAST).orElse(0L);
    sequence.put(LAST, last + most);
    return () ->
        LongStream.rangeClosed(last + 1, last + most).mapToObj(OrderNumber::new).iterator();
  }
}
