package dev.reserva.messaging;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Runs a batch whole, and where that fails in halves, until the items that fail alone are found:
 * one item that fails costs a few more runs and no other item anything.
 */
public final class Bisection {

  private Bisection() {}

  /**
   * @param batch at least one item
   * @param run handles a part of the batch, or throws and has changed nothing
   * @param failed takes an item that failed alone
   * @throws Fatal as {@code run} threw it, and so {@link DependencyUnavailable} and errors of the
   *     virtual machine: halving does not help
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
