package dev.reserva.simulation;

import dev.reserva.financial.application.Calls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A process's connection to the payment provider. The schedule decides when a call proceeds. A call
 * can be refused, lose its answer, time out, or reach the provider after its time-out.
 */
final class Wire implements Calls.Carrier {

  private final World world;
  private final List<Call<?>> underWay = new ArrayList<>();

  Wire(World world) {
    this.world = world;
  }

  @Override
  public <R> Calls<R> open(String name, int maxCalls, Duration timeLimit, Runnable whenFinished) {
    return new Line<>(maxCalls, timeLimit, whenFinished);
  }

  @Override
  public long nanoTime() {
    return world.clock.nanoTime();
  }

  boolean isIdle() {
    return underWay.isEmpty();
  }

  /** Moves one of the open calls, if there is any. */
  boolean move() {
    if (underWay.isEmpty()) {
      return false;
    }
    Call<?> call = underWay.get(world.random.nextInt(underWay.size()));
    if (!world.clock.instant().isBefore(call.limit)) {
      world.tally.count(Happening.CALL_TIMED_OUT);
      underWay.remove(call);
      if (!call.arrived && world.random.nextBoolean()) {
        world.stragglers.add(call::arrive);
      }
      call.fail(new TimeoutException());
      return true;
    }
    if (call.hangs) {
      return false;
    }
    int fate = world.healed ? 0 : world.random.nextInt(100);
    if (fate < 80) {
      underWay.remove(call);
      call.answer();
    } else if (fate < 87) {
      world.tally.count(Happening.CALL_REFUSED);
      underWay.remove(call);
      call.fail(new IllegalStateException("connection refused"));
    } else {
      call.hangs = true;
      if (fate < 94) {
        call.arrive();
      }
    }
    return true;
  }

  /** The process is dead, but its calls may still arrive. */
  void cut() {
    for (Call<?> call : underWay) {
      if (!call.arrived && world.random.nextBoolean()) {
        world.stragglers.add(call::arrive);
      }
    }
    underWay.clear();
  }

  private static final class Call<R> {
    private final Line<R> line;
    private final Supplier<R> call;
    private final Function<Throwable, R> unanswered;
    private final Instant limit;
    private boolean hangs;
    private boolean arrived;

    Call(Line<R> line, Supplier<R> call, Function<Throwable, R> unanswered, Instant limit) {
      this.line = line;
      this.call = call;
      this.unanswered = unanswered;
      this.limit = limit;
    }

    void answer() {
      R result;
      try {
        result = call.get();
      } catch (RuntimeException e) {
        fail(e);
        return;
      }
      line.finished(result);
    }

    /** The call reaches the provider, and its answer is lost. */
    void arrive() {
      arrived = true;
      try {
        Object _ = call.get();
      } catch (RuntimeException e) {
        arrived = true; // the provider failed, and this answer is lost too
      }
    }

    void fail(Throwable failure) {
      line.finished(unanswered.apply(failure));
    }
  }

  private final class Line<R> implements Calls<R> {

    private final int maxCalls;
    private final Duration timeLimit;
    private final Runnable whenFinished;
    private final Deque<R> results = new ArrayDeque<>();
    private int calls;

    Line(int maxCalls, Duration timeLimit, Runnable whenFinished) {
      this.maxCalls = maxCalls;
      this.timeLimit = timeLimit;
      this.whenFinished = whenFinished;
    }

    void finished(R result) {
      calls--;
      results.add(result);
      whenFinished.run();
    }

    @Override
    public int room() {
      return Math.max(0, maxCalls - calls);
    }

    @Override
    public void start(Supplier<R> call, Function<Throwable, R> unanswered) {
      calls++;
      underWay.add(new Call<>(this, call, unanswered, world.clock.instant().plus(timeLimit)));
    }

    @Override
    public List<R> fetch(int max) {
      List<R> fetched = new ArrayList<>();
      while (fetched.size() < max && !results.isEmpty()) {
        fetched.add(results.removeFirst());
      }
      return fetched;
    }

    @Override
    public void putBack(List<R> back) {
      results.addAll(back);
    }

    @Override
    public void close() {
      cut();
    }
  }
}
