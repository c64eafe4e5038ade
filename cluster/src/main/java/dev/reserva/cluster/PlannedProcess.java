package dev.reserva.cluster;

import java.net.URI;

/**
 * A process that listens for HTTP on this machine.
 *
 * @param role its service's name, or {@code gateway}
 * @param instance counted from 1 within the role
 * @param port the same for all its starts
 */
public record PlannedProcess(String role, int instance, int port) {
  /** Such as {@code sales-1}; names its log and its folder. */
  public String name() {
    return role + "-" + instance;
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }
}
