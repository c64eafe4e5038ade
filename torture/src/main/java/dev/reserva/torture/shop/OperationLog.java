package dev.reserva.torture.shop;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The buyers' log: each request with its result, as far as the buyer knows it. */
public final class OperationLog {

  /** The result of a request, as its buyer knows it. */
  public enum Result {
    /** It was answered with the order. */
    OK,
    /** It was refused, so it must have had no effect. */
    FAILED,
    /** It had no answer, or one that leaves the outcome open. */
    UNKNOWN
  }

  /**
   * One request to place an order.
   *
   * @param sentNanos when it was sent, by {@link System#nanoTime}
   * @param answeredNanos when the answer or error arrived, by {@link System#nanoTime}
   * @param id the acknowledged order's id
   * @param answer the answer's status and problem type, such as {@code 503 overloaded}, or the
   *     connection's error
   */
  public record Operation(
      Order order,
      long sentNanos,
      long answeredNanos,
      Result result,
      @Nullable String id,
      String answer) {}

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

  /** When the first order sent after a time was acknowledged; empty if none was. */
  public OptionalLong firstOkSentAfter(long nanos) {
    synchronized (guard) {
      return operations.stream()
          .filter(operation -> operation.result() == Result.OK)
          .filter(operation -> operation.sentNanos() - nanos > 0)
          .mapToLong(Operation::answeredNanos)
          .min();
    }
  }

  /** Of the orders sent after a time, the one that was acknowledged first; empty if none was. */
  public Optional<Operation> firstOkAfter(long nanos) {
    synchronized (guard) {
      return operations.stream()
          .filter(operation -> operation.result() == Result.OK)
          .filter(operation -> operation.sentNanos() - nanos > 0)
          .min(Comparator.comparingLong(operation -> operation.answeredNanos() - nanos));
    }
  }

  /**
   * The shortest time to the acknowledgement of an order sent after a time; the longest duration if
   * there was none.
   */
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

  /** How many requests failed, or had an unknown outcome, after a time. */
  public long failuresSince(long nanos) {
    synchronized (guard) {
      return operations.stream()
          .filter(operation -> operation.result() != Result.OK)
          .filter(operation -> operation.answeredNanos() - nanos > 0)
          .count();
    }
  }

  /** Number of requests by answer. */
  public Map<String, Integer> answers() {
    Map<String, Integer> answers = new TreeMap<>();
    all().forEach(operation -> answers.merge(operation.answer(), 1, Integer::sum));
    return answers;
  }

  /** Writes one line for each operation. */
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
                    operation.answer()));
      }
    }
  }
}
