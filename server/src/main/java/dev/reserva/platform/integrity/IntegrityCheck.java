package dev.reserva.platform.integrity;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Statements;
import java.util.List;

/**
 * One invariant of a service, counted live on a snapshot; a bean of the service's configuration.
 *
 * @param name such as {@code inventory.stock-equals-ledger}
 * @param run reads on the snapshot it is given
 */
public record IntegrityCheck(String name, Run run) {

  /** Maximum number of violations that a result lists. The others are only counted. */
  public static final int MAX_LISTED = 20;

  /**
   * A check that consists of one SQL statement.
   *
   * @param sql yields one row: {@code checked} and {@code violated} as numbers and {@code
   *     violations} as an array of texts, at most as many as its only parameter says
   */
  public static IntegrityCheck bySql(String name, String sql) {
    return new IntegrityCheck(
        name,
        snapshot ->
            Statements.of(snapshot)
                .query(
                    sql,
                    row ->
                        new Result(
                            row.getLong("checked"),
                            row.getLong("violated"),
                            List.of((String[]) row.getArray("violations").getArray())),
                    MAX_LISTED)
                .getFirst());
  }

  @FunctionalInterface
  public interface Run {
    Result on(UnitOfWork snapshot);
  }

  /**
   * @param checked number of checked items
   * @param violated number of items that break the invariant
   * @param violations descriptions of the first ones, with ids
   */
  public record Result(long checked, long violated, List<String> violations) {
    public Result {
      violations = violations.stream().limit(MAX_LISTED).toList();
    }
  }
}
