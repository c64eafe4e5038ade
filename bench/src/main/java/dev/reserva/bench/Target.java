package dev.reserva.bench;

import java.io.IOException;

/**
 * What a load is put on: a server, its shop, and who uses how much CPU meanwhile.
 *
 * @param cpu CPU time used so far, the server's and everybody else's
 */
record Target(ServerProcess server, Shop shop, CpuTime.Clock cpu) {

  /** A server that has the machine for itself. */
  static Target alone(ServerProcess server, Shop shop) {
    return new Target(server, shop, server::cpuTime);
  }

  CpuTime cpuTime() throws IOException {
    return cpu.now();
  }
}
