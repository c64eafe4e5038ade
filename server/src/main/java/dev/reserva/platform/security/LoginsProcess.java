package dev.reserva.platform.security;

/**
 * The process with the logins, for a process on another database. It runs customers, so it has the
 * customers' keys, too. There is none where the database of this process has them.
 */
@FunctionalInterface
public interface LoginsProcess {

  /**
   * Asks by POST, on a route between processes.
   *
   * @param body sent as JSON
   * @throws dev.reserva.messaging.DependencyUnavailable if it does not answer, or refuses
   */
  <T> T ask(String path, Object body, Class<T> type);
}
