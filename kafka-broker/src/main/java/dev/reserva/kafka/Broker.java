package dev.reserva.kafka;

import kafka.Kafka;
import kafka.tools.StorageTool;

/**
 * Runs a broker until it is ended. It formats storage that is not formatted yet, in the same JVM,
 * which is faster than Kafka's two programs one after the other.
 */
public final class Broker {
  private Broker() {}

  /**
   * @param arguments path of the broker's {@code server.properties}, and the cluster's id, a UUID
   *     in Base64 for URLs; that of storage which is formatted already must be the same
   */
  public static void main(String[] arguments) {
    if (arguments.length != 2) {
      System.err.println("usage: reserva-kafka-broker SERVER.PROPERTIES CLUSTER-ID");
      System.exit(2);
    }
    // An id may begin with a hyphen.
    String[] format = {
      "format", "--ignore-formatted", "--config", arguments[0], "--cluster-id=" + arguments[1]
    };
    int failed = StorageTool.execute(format, System.out);
    if (failed != 0) {
      System.exit(failed);
    }
    Kafka.main(new String[] {arguments[0]});
  }
}
