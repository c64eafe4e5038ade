package dev.reserva.messaging;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The sessions of one transaction, for implementations of {@link UnitOfWork}. */
public final class Sessions {

  private final Map<Class<?>, UnitOfWork.Session> open = new LinkedHashMap<>();

  /** See {@link UnitOfWork#session}. */
  public <S extends UnitOfWork.Session> S get(Class<S> type, Supplier<S> opening) {
    return type.cast(open.computeIfAbsent(type, _ -> opening.get()));
  }

  /** Flushes them in the order in which they were opened. */
  public void flush() {
    open.values().forEach(UnitOfWork.Session::flush);
  }
}
