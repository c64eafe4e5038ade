package dev.reserva.cli.replay;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Shows progress: as a bar on a terminal, as a line now and then elsewhere. */
final class Progress {
  private static final int BAR = 30;
  private static final Duration BAR_MOVES = Duration.ofMillis(200);
  private static final Duration LINE_COMES = Duration.ofSeconds(5);

  private final PrintStream out;
  private final boolean terminal;
  private final long lines;
  private final long started = System.nanoTime();
  private long nextWord;

  Progress(PrintStream out, boolean terminal, long lines) {
    this.out = out;
    this.terminal = terminal;
    this.lines = lines;
    this.nextWord = started + (terminal ? BAR_MOVES : LINE_COMES).toNanos();
  }

  void at(long line, long orders) {
    long now = System.nanoTime();
    if (now < nextWord) {
      return;
    }
    nextWord = now + (terminal ? BAR_MOVES : LINE_COMES).toNanos();
    String text = text(line, orders, Duration.ofNanos(now - started));
    if (terminal) {
      out.print("\r" + bar(line) + " " + text + " ");
      out.flush();
    } else {
      out.println(text);
    }
  }

  void done() {
    if (terminal) {
      // Clears the line of the bar.
      out.print("\r\u001b[K");
      out.flush();
    }
  }

  private String bar(long line) {
    int full = (int) (BAR * line / Math.max(1, lines));
    return "[" + "#".repeat(full) + " ".repeat(BAR - full) + "]";
  }

  String text(long line, long orders, Duration elapsed) {
    double seconds = Math.max(0.001, elapsed.toMillis() / 1000.0);
    long left = line == 0 ? 0 : Math.round(seconds / line * (lines - line));
    return String.format(
        Locale.ROOT,
        "%d %% of %,d lines, %,d orders, %.0f orders/s, %d:%02d left",
        100 * line / Math.max(1, lines),
        lines,
        orders,
        orders / seconds,
        left / 60,
        left % 60);
  }
}
