package dev.reserva.peers;

import dev.reserva.bench.ServerProcess;
import dev.reserva.harness.Machine;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One run: starts all shops, checks in a rush that none of them oversells, measures them in turns,
 * and checks every order at the end.
 */
final class Comparison {
  /** Numbers of clients of whole sagas. */
  static final List<Integer> CLIENTS = List.of(128, 8);

  private final Plan plan;
  private final Path server;
  private final Path peers;
  private final String commit;

  /**
   * @param server Reserva's packaged program
   * @param peers this program
   */
  Comparison(Plan plan, Path server, Path peers, String commit) {
    this.plan = plan;
    this.server = server;
    this.peers = peers;
    this.commit = commit;
  }

  Results run() throws Exception {
    String at = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Machine machine = Machine.here();
    List<Participant> all = new ArrayList<>();
    try {
      open(all);
      for (Participant each : all) {
        each.checkRush(plan.rush());
        each.warmUp(CLIENTS.getFirst(), plan.warmUp());
      }
      measure(all);
      for (Participant each : all) {
        each.verify(plan.rush());
      }
      return new Results(
          at,
          commit,
          machine,
          Results.Settings.of(plan, ServerProcess.HEAP),
          all.stream().map(Participant::result).toList());
    } finally {
      close(all);
    }
  }

  private void open(List<Participant> all) throws Exception {
    int units = plan.rush().units();
    say("starting Reserva");
    all.add(new Participant(ReservaContender.start(server, commit, plan.skus(), units)));
    for (Peer peer : Peer.values()) {
      say("starting " + peer.library());
      all.add(new Participant(PeerContender.start(peer, peers, plan.skus(), units)));
    }
  }

  /** Each turn begins with another shop, so that no shop always follows the same one. */
  private void measure(List<Participant> all) throws Exception {
    List<Participant> order = new ArrayList<>(all);
    for (int turn = 1; turn <= plan.turns(); turn++) {
      say("turn %d of %d".formatted(turn, plan.turns()));
      for (int clients : CLIENTS) {
        for (Participant each : order) {
          each.measure(turn, clients, plan.phase(), () -> resting(all, each));
        }
      }
      Collections.rotate(order, -1);
    }
  }

  /** CPU time that all shops but one have used so far. */
  private static Duration resting(List<Participant> all, Participant busy) {
    return all.stream()
        .filter(each -> each != busy)
        .map(Participant::cpu)
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static void close(List<Participant> all) {
    for (Participant each : all) {
      try {
        each.close();
      } catch (SQLException e) {
        // Its work is counted already.
        System.err.println("a connection did not close cleanly: " + e);
      }
    }
  }

  /** Prints the progress of the run. */
  static void say(String step) {
    System.err.println(step + " …");
  }
}
