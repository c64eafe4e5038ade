package dev.reserva.financial.adapters.memory;

import dev.reserva.financial.application.Due;
import dev.reserva.financial.application.Payments;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentState;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.PaymentTerms;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Financial's payments. */
public final class MemoryPayments implements Payments {

  public record Row(PaymentTerms terms, PaymentState state) {
    static Row of(Payment payment) {
      return new Row(payment.terms(), payment.state());
    }

    Payment payment() {
      return new Payment(terms, state);
    }

    boolean isDue(Due due) {
      Instant dueAt = state.dueAt();
      return dueAt != null && due.covers(dueAt);
    }

    Instant dueAt() {
      return Objects.requireNonNull(state.dueAt(), "an open payment has a due time");
    }
  }

  public static MemoryTable<UUID, Row> table(MemoryDatabase database) {
    return database.table("financial.payment");
  }

  private static MemoryTable<UUID, Row> rows(UnitOfWork tx) {
    return table(tx.resource(MemoryDatabase.class));
  }

  @Override
  public Map<UUID, List<Payment>> lockByOrders(Collection<UUID> orderIds, UnitOfWork tx) {
    return rows(tx).values().stream()
        .filter(row -> orderIds.contains(row.terms().orderId()))
        .map(Row::payment)
        .collect(
            Collectors.groupingBy(
                payment -> payment.terms().orderId(), LinkedHashMap::new, Collectors.toList()));
  }

  @Override
  public Map<UUID, Payment> lock(Collection<UUID> ids, UnitOfWork tx) {
    return find(ids, tx);
  }

  @Override
  public List<Payment> lockDue(Due due, int limit, UnitOfWork tx) {
    return rows(tx).values().stream()
        .filter(row -> row.isDue(due))
        .sorted(Comparator.comparing(Row::dueAt))
        .limit(limit)
        .map(Row::payment)
        .toList();
  }

  @Override
  public void insert(Collection<Payment> payments, UnitOfWork tx) {
    for (Payment payment : payments) {
      if (findByOrder(payment.terms().orderId(), tx).isPresent()) {
        throw new IllegalStateException(
            "order %s has a payment".formatted(payment.terms().orderId()));
      }
      rows(tx).put(payment.id(), Row.of(payment));
    }
  }

  @Override
  public void save(Collection<Payment> payments, UnitOfWork tx) {
    for (Payment payment : payments) {
      if (rows(tx).get(payment.id()).isEmpty()) {
        throw new IllegalStateException("there is no payment " + payment.id());
      }
      rows(tx).put(payment.id(), Row.of(payment));
    }
  }

  @Override
  public Map<UUID, Payment> find(Collection<UUID> ids, UnitOfWork tx) {
    var found = new LinkedHashMap<UUID, Payment>();
    for (UUID id : new TreeSet<>(ids)) {
      rows(tx).get(id).ifPresent(row -> found.put(id, row.payment()));
    }
    return found;
  }

  @Override
  public Optional<Payment> findByOrder(UUID orderId, UnitOfWork tx) {
    return rows(tx).values().stream()
        .filter(row -> row.terms().orderId().equals(orderId) && !row.state().isReplaced())
        .findFirst()
        .map(Row::payment);
  }

  @Override
  public List<Payment> list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
    UUID orderId = filter.orderId();
    UUID customerId = filter.customerId();
    PaymentStatus status = filter.status();
    return rows(tx).values().stream()
        .filter(row -> orderId == null || row.terms().orderId().equals(orderId))
        .filter(row -> customerId == null || row.terms().customerId().equals(customerId))
        .filter(row -> status == null || row.state().status() == status)
        .filter(
            row -> before == null || row.terms().id().toString().compareTo(before.toString()) < 0)
        .sorted(Comparator.comparing((Row row) -> row.terms().id().toString()).reversed())
        .limit(limit)
        .map(Row::payment)
        .toList();
  }
}
