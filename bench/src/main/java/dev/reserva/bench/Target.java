package dev.reserva.bench;

import java.io.IOException;

/**
 * The target of a load: the shop on a running system.
 *
 * @param cpu reads the CPU time used so far, by process
 */
public record Target(Shop shop, CpuTime.Clock cpu) {

  /** A server that runs alone on the machine. */
  static Target alone(ServerProcess server, Shop shop) {
    return new Target(shop, server::cpuTime);
  }

  CpuTime cpuTime() throws IOException {
    return cpu.now();
  }
}
