package dev.reserva.platform.web;

import dev.reserva.contracts.Money;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.messaging.GroupCommit;
import dev.reserva.messaging.Overloaded;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import io.swagger.v3.oas.annotations.Hidden;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A controller that returns its input, counts its effects, and fails on request. */
@Hidden
@RestController
final class Probe {

  record Line(@Nullable UUID productId, @Nullable Integer quantity) {}

  record Body(
      @Nullable String text,
      @Nullable Integer number,
      @Nullable Money price,
      @Nullable Instant at,
      @Nullable List<Line> lines) {}

  private final Commands commands;
  private final Transactions transactions;
  private final Commands.Grouped<String> grouped;

  Probe(Commands commands, Transactions transactions) {
    this.commands = commands;
    this.transactions = transactions;
    this.grouped =
        commands.grouped(
            new Commands.Kind("probe", "/probe/groups"),
            new GroupCommit.Limits(100, 1_000, 1_000, Duration.ofMinutes(1)),
            (requests, tx) ->
                requests.stream().map(request -> effect(request.command(), tx)).toList());
  }

  private static Commands.Result effect(String name, UnitOfWork tx) {
    if (name.startsWith("refused")) {
      return new Commands.Result.Refused(Problem.conflict("probe", "Refused", "as asked"));
    }
    if (name.startsWith("broken")) {
      throw new IllegalStateException("as asked");
    }
    insert(name, tx);
    return new Commands.Result.Done(Answer.created("/probe/" + name, Map.of("name", name)));
  }

  @PostMapping("/probe/echo")
  Body echo(@RequestBody Body body) {
    return body;
  }

  @GetMapping("/probe/pages")
  Map<String, Object> pages(
      PageRequest page, @RequestParam(required = false) @Nullable String colour) {
    return Map.of(
        "limit",
        page.limit(),
        "after",
        String.valueOf(page.before()),
        "next",
        page.cursor(new UUID(0, 7).toString()));
  }

  @GetMapping("/probe/things/{id}")
  Map<String, Object> thing(@PathVariable UUID id, RequestContext request) {
    return Map.of("id", id, "caller", request.caller().name());
  }

  @GetMapping("/probe/times")
  Map<String, Object> times(
      @RequestParam Instant from,
      @RequestParam int number,
      @RequestParam(defaultValue = "true") boolean exact) {
    return Map.of("from", from, "number", number, "exact", exact);
  }

  @GetMapping("/probe/operators")
  Map<String, Object> operators(RequestContext request) {
    return Map.of("caller", request.caller().name());
  }

  @GetMapping("/probe/fails/{how}")
  Map<String, Object> fails(@PathVariable String how) {
    throw switch (how) {
      case "overloaded" -> new Overloaded("as asked", Duration.ofMillis(1_500));
      case "down" -> new DependencyUnavailable("as asked", new SQLException("secret text"));
      case "sql" -> new IllegalStateException(new SQLException("secret text", "08006"));
      default -> new IllegalStateException("secret text");
    };
  }

  @PostMapping("/probe/counters/{name}")
  ResponseEntity<?> count(
      @PathVariable String name, @RequestBody Body body, RequestContext request) {
    return commands.execute(
        request,
        tx -> {
          insert(name, tx);
          pause(name);
          if (name.startsWith("refused")) {
            throw Problem.conflict("probe", "Refused", "as asked");
          }
          return Answer.created("/probe/" + name, Map.of("count", count(name, tx)));
        });
  }

  @PostMapping("/probe/groups/{name}")
  ResponseEntity<?> group(@PathVariable String name, RequestContext request) {
    return grouped.execute(request, name);
  }

  int effects(String name) {
    return transactions.snapshot(tx -> count(name, tx));
  }

  private static void pause(String name) {
    if (name.startsWith("slow")) {
      try {
        Thread.sleep(300);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void insert(String name, UnitOfWork tx) {
    try (PreparedStatement insert =
        tx.resource(Connection.class).prepareStatement("insert into effect values (?)")) {
      insert.setString(1, name);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int count(String name, UnitOfWork tx) {
    try (PreparedStatement count =
        tx.resource(Connection.class)
            .prepareStatement("select count(*) from effect where name = ?")) {
      count.setString(1, name);
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
