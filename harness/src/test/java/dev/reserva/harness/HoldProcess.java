package dev.reserva.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program that starts another one, prints its process id, and waits to be killed. */
final class HoldProcess {
  private HoldProcess() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    GuardedProcess process =
        GuardedProcess.start(Children.isolated(List.of("sleep", "60")), Path.of(arguments[0]));
    System.out.println(process.pid());
    Thread.sleep(60_000);
    process.kill();
  }
}
