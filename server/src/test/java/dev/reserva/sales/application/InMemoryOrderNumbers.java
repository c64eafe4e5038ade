package dev.reserva.sales.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.OrderNumber;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Numbers from 1 on. */
public final class InMemoryOrderNumbers implements OrderNumbers {

  private final AtomicLong last = new AtomicLong();

  @Override
  public Supplier<Iterator<OrderNumber>> draw(int most, UnitOfWork tx) {
    return () ->
        Stream.generate(() -> new OrderNumber(last.incrementAndGet())).limit(most).iterator();
  }
}
