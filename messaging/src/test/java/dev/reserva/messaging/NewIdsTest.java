package dev.reserva.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class NewIdsTest {

  private static final UUID NEW = UUID.randomUUID();
  private static final UUID OLD = UUID.randomUUID();

  /** A transaction that only keeps sessions. */
  private static final class Sessioned implements UnitOfWork {

    private final Sessions sessions = new Sessions();

    @Override
    public <S extends Session> S session(Class<S> type, Supplier<S> open) {
      return sessions.get(type, open);
    }

    @Override
    public Event publish(Object fact, Cause cause) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void publish(Event event) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant now() {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> T resource(Class<T> technology) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void afterCommit(Runnable action) {
      throw new UnsupportedOperationException();
    }
  }

  private final UnitOfWork tx = new Sessioned();

  @Test
  void only_new_ids_need_no_look_up() {
    NewIds.add(NEW, tx);

    assertThat(NewIds.toLookUp(List.of(OLD, NEW), String.class, tx)).containsExactly(OLD);
  }

  @Test
  void each_reader_skips_the_look_up_of_a_new_id_only_once() {
    NewIds.add(NEW, tx);

    assertThat(NewIds.toLookUp(List.of(NEW), String.class, tx)).isEmpty();
    assertThat(NewIds.toLookUp(List.of(NEW), Integer.class, tx)).isEmpty();
    assertThat(NewIds.toLookUp(List.of(NEW), String.class, tx)).containsExactly(NEW);
  }

  @Test
  void another_transaction_has_new_ids_of_its_own() {
    NewIds.add(NEW, tx);

    assertThat(NewIds.toLookUp(List.of(NEW), String.class, new Sessioned())).containsExactly(NEW);
  }
}
