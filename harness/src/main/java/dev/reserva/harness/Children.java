package dev.reserva.harness;

import java.util.List;
import java.util.regex.Pattern;

/** Starts other programs. */
public final class Children {
  /** Where programs, libraries and temporary files are found, and the time zone. */
  private static final Pattern INHERITED = Pattern.compile("PATH|TMPDIR|TZ|LD_[A-Z_]+");

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

  /**
   * A process builder whose environment has {@link #INHERITED} only: the caller's may hold secrets,
   * and variables that the program reads.
   */
  public static ProcessBuilder isolated(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> !INHERITED.matcher(name).matches());
    return builder;
  }
}
