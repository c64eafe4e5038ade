package dev.reserva.bench;

import java.io.IOException;

/**
 * The target of a load: a server and its shop.
 *
 * @param cpu reads the CPU time used so far, by process
 */
record Target(ServerProcess server, Shop shop, CpuTime.Clock cpu) {

  /** A server that runs alone on the machine. */
  static Target alone(ServerProcess server, Shop shop) {
    return new Target(server, shop, server::cpuTime);
  }

  CpuTime cpuTime() throws IOException {
    return cpu.now();
  }
}
