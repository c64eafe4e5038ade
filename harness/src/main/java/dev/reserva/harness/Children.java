package dev.reserva.harness;

import java.util.List;

/** Starts other programs. */
public final class Children {
  private Children() {}

  /**
   * A process builder whose environment has none of the caller's settings for Reserva: they are for
   * another server, and secrets may be among them. Where PostgreSQL's programs are unpacked stays
   * known.
   */
  public static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("RESERVA_") && !name.equals("RESERVA_CACHE"));
    return builder;
  }
}
