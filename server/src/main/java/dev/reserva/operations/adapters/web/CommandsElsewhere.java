package dev.reserva.operations.adapters.web;

import dev.reserva.platform.members.Members;
import dev.reserva.platform.members.PassedCommands;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;

/** Commands of operators that concern other databases. */
public final class CommandsElsewhere {

  private final Members members;
  private final PassedCommands passed;

  public CommandsElsewhere(Members members) {
    this.members = members;
    this.passed = new PassedCommands(members);
  }

  /** The names of the other databases. */
  List<String> databases() {
    return members.onOtherDatabases();
  }

  /** Passes a command on to another database, and gives its answer. */
  ResponseEntity<?> pass(
      String database,
      HttpMethod method,
      String path,
      @Nullable Object body,
      HttpServletRequest request) {
    return passed.pass(database, method, path, body, request);
  }

  /**
   * Passes a command on to every other database, one after the other, and then executes it here.
   * The first answer that is no success ends it; a repeated request with the same idempotency key
   * goes on from there.
   *
   * @param own gets the answers of the others
   */
  ResponseEntity<?> passToAll(
      HttpMethod method,
      String path,
      @Nullable Object body,
      HttpServletRequest request,
      Function<List<JsonNode>, ResponseEntity<?>> own) {
    List<JsonNode> answers = new ArrayList<>();
    for (String database : databases()) {
      ResponseEntity<JsonNode> answer = passed.pass(database, method, path, body, request);
      JsonNode told = answer.getBody();
      if (!answer.getStatusCode().is2xxSuccessful() || told == null) {
        return answer;
      }
      answers.add(told);
    }
    return own.apply(answers);
  }
}
