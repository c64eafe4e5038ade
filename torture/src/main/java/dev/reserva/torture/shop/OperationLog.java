package dev.reserva.torture.shop;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the buyers know: each request with what became of it, as far as they were told. */
public final class OperationLog {

  /** What a buyer knows of his request. */
  public enum Result {
    /** It was answered with the order. */
    OK,
    /** It was refused in so many words: it must have had no effect. */
    FAILED,
    /** No answer, or one that says that nobody knows. */
    UNKNOWN
  }

  /**
   * One request to place an order.
   *
   * @param sentNanos when it was sent, by {@link System#nanoTime}
   * @param answeredNanos when that became of it
   * @param order the acknowledged order's id
   * @param said the answer's status, or the connection's error
   */
  public record Operation(
      Order order,
      long sentNanos,
      long answeredNanos,
      Result result,
      @Nullable String id,
      String said) {}

  private final List<Operation> operations = new ArrayList<>();
  private final Object guard = new Object();

  public void add(Operation operation) {
    synchronized (guard) {
      operations.add(operation);
    }
  }

  public List<Operation> all() {
    synchronized (guard) {
      return List.copyOf(operations);
    }
  }

  public List<Operation> all(Result result) {
    return all().stream().filter(operation -> operation.result() == result).toList();
  }

  public long count(Result result) {
    synchronized (guard) {
      return operations.stream().filter(operation -> operation.result() == result).count();
    }
  }

  /** When the first order that was sent after a moment was acknowledged, if one was. */
  public OptionalLong firstOkSentAfter(long nanos) {
    synchronized (guard) {
      return operations.stream()
          .filter(operation -> operation.result() == Result.OK)
          .filter(operation -> operation.sentNanos() - nanos > 0)
          .mapToLong(Operation::answeredNanos)
          .min();
    }
  }

  /** The quickest acknowledgement of an order sent after a moment; for ever if there was none. */
  public Duration fastestSentAfter(long nanos) {
    synchronized (guard) {
      return Duration.ofNanos(
          operations.stream()
              .filter(operation -> operation.result() == Result.OK)
              .filter(operation -> operation.sentNanos() - nanos > 0)
              .mapToLong(operation -> operation.answeredNanos() - operation.sentNanos())
              .min()
              .orElse(Long.MAX_VALUE));
    }
  }

  /** How many requests were answered after a moment, and not with an order. */
  public long troubledSince(long nanos) {
    synchronized (guard) {
      return operations.stream()
          .filter(operation -> operation.result() != Result.OK)
          .filter(operation -> operation.answeredNanos() - nanos > 0)
          .count();
    }
  }

  /** How often each answer was given. */
  public Map<String, Integer> answers() {
    Map<String, Integer> answers = new TreeMap<>();
    all().forEach(operation -> answers.merge(operation.said(), 1, Integer::sum));
    return answers;
  }

  /** One line per operation: when, key, result, order, answer. */
  public void write(Path file) throws IOException {
    List<Operation> all = all();
    long start = all.isEmpty() ? 0 : all.getFirst().sentNanos();
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("sent_ms,answered_ms,key,result,order,answer\n");
      for (Operation operation : all) {
        out.write(
            "%d,%d,%s,%s,%s,%s%n"
                .formatted(
                    (operation.sentNanos() - start) / 1_000_000,
                    (operation.answeredNanos() - start) / 1_000_000,
                    operation.order().key(),
                    operation.result(),
                    operation.id() == null ? "" : operation.id(),
                    operation.said()));
      }
    }
  }
}
