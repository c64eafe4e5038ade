package dev.reserva.financial;

import dev.reserva.financial.application.Due;
import dev.reserva.financial.application.OrderNotes;
import dev.reserva.financial.application.Payments;
import dev.reserva.financial.application.ReceivedWebhooks;
import dev.reserva.financial.application.Refunds;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentState;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.PaymentTerms;
import dev.reserva.financial.domain.Refund;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.Sessions;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Financial's ports in memory: one transaction at a time, undone when it throws, at a time that the
 * test sets.
 */
public final class InMemoryBooks implements Transactions {

  private record Filed(PaymentTerms terms, PaymentState state) {
    Payment payment() {
      return new Payment(terms, state);
    }
  }

  private record Promise(Refund refund, @Nullable Instant doneAt) {}

  private Map<UUID, Filed> payments = new TreeMap<>();
  private Map<UUID, Promise> refunds = new TreeMap<>();
  private Map<UUID, OrderNotes.Note> notes = new HashMap<>();
  private Map<String, Instant> webhooks = new HashMap<>();
  private final List<Object> published = new ArrayList<>();
  private Instant now = Fixtures.NOON;

  public synchronized void passes(java.time.Duration time) {
    now = now.plus(time);
  }

  /** Every fact published by a transaction that committed. */
  public synchronized List<Object> published() {
    return List.copyOf(published);
  }

  @Override
  public <R> R call(Function<UnitOfWork, R> work) {
    Work tx = new Work();
    R result;
    synchronized (this) {
      var paymentsBefore = new TreeMap<>(payments);
      var refundsBefore = new TreeMap<>(refunds);
      var notesBefore = new HashMap<>(notes);
      var webhooksBefore = new HashMap<>(webhooks);
      try {
        result = work.apply(tx);
      } catch (RuntimeException e) {
        payments = paymentsBefore;
        refunds = refundsBefore;
        notes = notesBefore;
        webhooks = webhooksBefore;
        throw e;
      }
      published.addAll(tx.facts);
    }
    tx.afterCommit.forEach(Runnable::run);
    return result;
  }

  @Override
  public <R> R snapshot(Function<UnitOfWork, R> work) {
    return call(work);
  }

  private final class Work implements UnitOfWork {
    private final List<Object> facts = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final Sessions sessions = new Sessions();

    @Override
    public <S extends Session> S session(Class<S> type, Supplier<S> open) {
      return sessions.get(type, open);
    }

    @Override
    public Event publish(Object fact, Cause cause) {
      facts.add(fact);
      UUID id = Fixtures.IDS.next();
      return new Event(
          id, "test", id, id, now, cause.correlationId(), cause.causationId(), null, null, "{}");
    }

    @Override
    public void publish(Event event) {
      facts.add(event);
    }

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public <T> T resource(Class<T> technology) {
      throw new IllegalArgumentException("in memory there is no " + technology.getName());
    }

    @Override
    public void afterCommit(Runnable action) {
      afterCommit.add(action);
    }
  }

  public Payments payments() {
    return new InMemoryPayments();
  }

  public Refunds refunds() {
    return new InMemoryRefunds();
  }

  public OrderNotes notes() {
    return new InMemoryOrderNotes();
  }

  public ReceivedWebhooks webhooks() {
    return (id, receivedAt, forgetBefore, tx) -> {
      webhooks.values().removeIf(received -> received.isBefore(forgetBefore));
      return webhooks.putIfAbsent(id, receivedAt) == null;
    };
  }

  private final class InMemoryPayments implements Payments {

    @Override
    public Map<UUID, List<Payment>> lockByOrders(Collection<UUID> orderIds, UnitOfWork tx) {
      return payments.values().stream()
          .filter(filed -> orderIds.contains(filed.terms().orderId()))
          .map(Filed::payment)
          .collect(Collectors.groupingBy(payment -> payment.terms().orderId()));
    }

    @Override
    public Map<UUID, Payment> lock(Collection<UUID> ids, UnitOfWork tx) {
      return find(ids, tx);
    }

    @Override
    public List<Payment> lockDue(Due due, int limit, UnitOfWork tx) {
      return payments.values().stream()
          .filter(filed -> filed.state().dueAt() != null)
          .filter(filed -> due.covers(Objects.requireNonNull(filed.state().dueAt())))
          .sorted(
              Comparator.comparing((Filed filed) -> Objects.requireNonNull(filed.state().dueAt())))
          .limit(limit)
          .map(Filed::payment)
          .toList();
    }

    @Override
    public void insert(Collection<Payment> fresh, UnitOfWork tx) {
      for (Payment payment : fresh) {
        if (findByOrder(payment.terms().orderId(), tx).isPresent()) {
          throw new IllegalStateException("the order has a payment");
        }
        payments.put(payment.id(), new Filed(payment.terms(), payment.state()));
      }
    }

    @Override
    public void save(Collection<Payment> changed, UnitOfWork tx) {
      for (Payment payment : changed) {
        if (payments.replace(payment.id(), new Filed(payment.terms(), payment.state())) == null) {
          throw new IllegalStateException("no payment " + payment.id());
        }
      }
    }

    @Override
    public Map<UUID, Payment> find(Collection<UUID> ids, UnitOfWork tx) {
      Map<UUID, Payment> found = new HashMap<>();
      for (UUID id : ids) {
        Filed filed = payments.get(id);
        if (filed != null) {
          found.put(id, filed.payment());
        }
      }
      return found;
    }

    @Override
    public Optional<Payment> findByOrder(UUID orderId, UnitOfWork tx) {
      return lockByOrders(List.of(orderId), tx).getOrDefault(orderId, List.of()).stream()
          .filter(payment -> !payment.state().isReplaced())
          .findFirst();
    }

    @Override
    public List<Payment> list(Filter filter, @Nullable UUID before, int limit, UnitOfWork tx) {
      UUID orderId = filter.orderId();
      UUID customerId = filter.customerId();
      PaymentStatus status = filter.status();
      // Compared as text: UUID's own order takes its halves as signed numbers.
      return payments.values().stream()
          .filter(filed -> orderId == null || filed.terms().orderId().equals(orderId))
          .filter(filed -> customerId == null || filed.terms().customerId().equals(customerId))
          .filter(filed -> status == null || filed.state().status() == status)
          .filter(filed ->
              before == null || filed.terms().id().toString().compareTo(before.toString()) < 0)
          .sorted(Comparator.comparing((Filed filed) -> filed.terms().id().toString()).reversed())
          .limit(limit)
          .map(Filed::payment)
          .toList();
    }
  }

  private final class InMemoryRefunds implements Refunds {

    @Override
    public void insert(Collection<Refund> fresh, UnitOfWork tx) {
      fresh.forEach(refund -> refunds.put(refund.id(), new Promise(refund, null)));
    }

    @Override
    public List<Refund> lockDue(Due due, int limit, UnitOfWork tx) {
      return refunds.values().stream()
          .filter(promise -> promise.doneAt() == null && due.covers(promise.refund().dueAt()))
          .map(Promise::refund)
          .sorted(Comparator.comparing(Refund::dueAt))
          .limit(limit)
          .toList();
    }

    @Override
    public Map<UUID, Refund> lockOpen(Collection<UUID> ids, UnitOfWork tx) {
      Map<UUID, Refund> open = new HashMap<>();
      for (UUID id : ids) {
        Promise promise = refunds.get(id);
        if (promise != null && promise.doneAt() == null) {
          open.put(id, promise.refund());
        }
      }
      return open;
    }

    @Override
    public void save(Collection<Refund> changed, UnitOfWork tx) {
      insert(changed, tx);
    }

    @Override
    public List<OnRecord> ofPayment(UUID paymentId, UnitOfWork tx) {
      return refunds.values().stream()
          .filter(promise -> promise.refund().paymentId().equals(paymentId))
          .map(promise ->
              new OnRecord(
                  promise.refund().id(),
                  paymentId,
                  promise.refund().amount(),
                  promise.refund().reason(),
                  promise.refund().createdAt(),
                  promise.doneAt()))
          .toList();
    }

    @Override
    public void done(Collection<Refund> paid, Instant at, UnitOfWork tx) {
      paid.forEach(refund -> refunds.put(refund.id(), new Promise(refund, at)));
    }
  }

  private final class InMemoryOrderNotes implements OrderNotes {

    @Override
    public Supplier<Map<UUID, Note>> lock(Collection<UUID> orderIds, UnitOfWork tx) {
      Map<UUID, Note> found = new HashMap<>(notes);
      found.keySet().retainAll(orderIds);
      return () -> found;
    }

    @Override
    public Optional<Note> find(UUID orderId, UnitOfWork tx) {
      return Optional.ofNullable(notes.get(orderId));
    }

    @Override
    public void put(Collection<Note> fresh, UnitOfWork tx) {
      fresh.forEach(note -> notes.put(note.orderId(), note));
    }

    @Override
    public void remove(UUID orderId, UnitOfWork tx) {
      notes.remove(orderId);
    }
  }
}
