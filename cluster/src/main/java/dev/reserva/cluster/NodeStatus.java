package dev.reserva.cluster;

/**
 * What is known of a process of the cluster.
 *
 * @param role its service, {@code gateway}, {@code postgres}, {@code rabbitmq} or {@code kafka}
 * @param port where it listens; 0 if it is not known yet
 * @param pid 0 if it does not run
 * @param reason why it is backing off or has failed; otherwise empty
 * @param residentBytes memory; 0 if it does not run
 * @param restarts how often it was started again
 */
public record NodeStatus(
    String role,
    int instance,
    int port,
    long pid,
    NodeState state,
    String reason,
    long residentBytes,
    int restarts) {

  /** Such as {@code sales-1}. */
  public String name() {
    return role + "-" + instance;
  }
}
