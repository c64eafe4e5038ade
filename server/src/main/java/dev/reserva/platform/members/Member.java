package dev.reserva.platform.members;

import java.net.URI;
import java.util.List;

/**
 * A service that runs in other processes.
 *
 * @param name of the service
 * @param processes base URLs of the processes that run it; each can answer for its database
 */
public record Member(String name, List<URI> processes) {

  private static final String PROPERTY = "reserva.operations.members";

  public Member {
    processes = List.copyOf(processes);
    if (processes.isEmpty()) {
      throw new IllegalArgumentException(
          "%s.%s must be URLs separated by commas".formatted(PROPERTY, name));
    }
    for (URI process : processes) {
      if (!process.toString().matches("https?://[^/?#@]+(/[^?#]*)?")) {
        throw new IllegalArgumentException(
            "%s.%s must be URLs like http://sales.example.org:8080, was %s"
                .formatted(PROPERTY, name, process));
      }
    }
  }
}
