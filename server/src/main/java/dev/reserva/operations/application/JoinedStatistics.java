package dev.reserva.operations.application;

import dev.reserva.operations.application.ReadStatistics.Events;
import dev.reserva.operations.application.ReadStatistics.Loop;
import dev.reserva.operations.application.ReadStatistics.Member;
import dev.reserva.operations.application.ReadStatistics.Orders;
import dev.reserva.operations.application.ReadStatistics.Queue;
import dev.reserva.operations.application.ReadStatistics.Statistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Joins the statistics of several processes and databases. */
final class JoinedStatistics {

  private static final String RUNNING = "running";

  private JoinedStatistics() {}

  /**
   * Rates and counts are added up. Of a subscription that several processes tell of, the entry of
   * the one that runs it is taken.
   *
   * @param others the answers of the processes of each member; empty for one without
   */
  static Statistics of(Statistics own, Map<String, List<Optional<Statistics>>> others) {
    if (others.isEmpty()) {
      return own;
    }
    List<Statistics> all =
        Stream.concat(
                Stream.of(own),
                others.values().stream().flatMap(List::stream).flatMap(Optional::stream))
            .toList();
    List<Queue> queues = new ArrayList<>(own.queues());
    List<Loop> workers = new ArrayList<>(own.workers());
    Map<String, Member> members = new TreeMap<>();
    others.forEach((name, processes) -> {
      List<Statistics> answers = processes.stream().flatMap(Optional::stream).toList();
      queues.addAll(queues(name, answers));
      answers.forEach(answer -> answer.workers().forEach(loop -> workers.add(of(name, loop))));
      members.put(name, member(processes.size(), answers));
    });
    return new Statistics(
        events(all),
        orders(own, others),
        List.copyOf(queues),
        own.broker(),
        List.copyOf(workers),
        own.startedAt(),
        own.uptimeSeconds(),
        members);
  }

  private static Events events(List<Statistics> all) {
    double consumed = all.stream().mapToDouble(one -> one.events().consumedPerMinute()).sum();
    double busy =
        all.stream()
            .mapToDouble(one -> one.events().consumedPerMinute() * one.events().meanProcessingMs())
            .sum();
    return new Events(
        Figures.rounded(all.stream().mapToDouble(one -> one.events().publishedPerMinute()).sum()),
        Figures.rounded(consumed),
        Figures.rounded(all.stream().mapToDouble(one -> one.events().failedPerMinute()).sum()),
        Figures.rounded(consumed == 0 ? 0 : busy / consumed));
  }

  /** The processes of one service tell the same. */
  private static Orders orders(Statistics own, Map<String, List<Optional<Statistics>>> others) {
    Map<String, Long> byStatus = new TreeMap<>(own.orders().byStatus());
    for (List<Optional<Statistics>> processes : others.values()) {
      processes.stream()
          .flatMap(Optional::stream)
          .findFirst()
          .ifPresent(answer ->
              answer
                  .orders()
                  .byStatus()
                  .forEach((status, n) -> byStatus.merge(status, n, Long::sum)));
    }
    return new Orders(byStatus);
  }

  private static List<Queue> queues(String member, List<Statistics> answers) {
    Map<String, Queue> bySubscription = new LinkedHashMap<>();
    for (Statistics answer : answers) {
      for (Queue queue : answer.queues()) {
        bySubscription.merge(
            queue.subscription(),
            of(member, queue),
            (known, other) -> other.state().equals(RUNNING) ? other : known);
      }
    }
    return List.copyOf(bySubscription.values());
  }

  private static Queue of(String member, Queue queue) {
    return new Queue(
        Optional.of(member),
        queue.subscription(),
        queue.position(),
        queue.lag(),
        queue.parked(),
        queue.dead(),
        queue.handled(),
        queue.failed(),
        queue.state());
  }

  private static Loop of(String member, Loop loop) {
    return new Loop(
        Optional.of(member),
        loop.name(),
        loop.intervalMs(),
        loop.steps(),
        loop.failures(),
        loop.lastRunAt());
  }

  private static Member member(int processes, List<Statistics> answers) {
    Optional<Statistics> first = answers.stream().findFirst();
    return new Member(
        processes,
        answers.size(),
        first.flatMap(Statistics::broker),
        first.map(Statistics::startedAt));
  }
}
