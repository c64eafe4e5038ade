package dev.reserva.messaging;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Runs a batch. If it fails, runs its halves in the same way, until each item that fails has failed
 * alone. A failing item costs a few more runs; the other items succeed.
 */
public final class Bisection {

  private Bisection() {}

  /**
   * @param batch at least one item
   * @param run handles a part of the batch; when it throws, it has changed nothing
   * @param failed takes an item that failed alone
   * @throws Fatal when {@code run} throws it. {@link DependencyUnavailable} and errors of the
   *     virtual machine except stack overflows are rethrown as well. Halving does not help against
   *     them.
   */
  public static <T> void run(
      List<T> batch, Consumer<List<T>> run, BiConsumer<T, Throwable> failed) {
    try {
      run.accept(batch);
      return;
    } catch (DependencyUnavailable | Fatal e) {
      throw e;
    } catch (Throwable e) {
      if (e instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
        throw error;
      }
      if (batch.size() == 1) {
        failed.accept(batch.getFirst(), e);
        return;
      }
    }
    int half = batch.size() / 2;
    run(batch.subList(0, half), run, failed);
    run(batch.subList(half, batch.size()), run, failed);
  }

  /** A failure that says nothing about the items at hand. */
  public abstract static class Fatal extends RuntimeException {
    protected Fatal(String message) {
      super(message);
    }
  }
}
