package dev.reserva.gateway;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;

/** Why an instance gave no answer. */
enum Failure {
  /** There was no connection, so the instance has seen nothing of the request. */
  NOT_CONNECTED,
  /** All connections to the instance were in use; it has seen nothing of the request. */
  FULL,
  /** The connection broke after the request was sent, or while it was. */
  BROKEN,
  /** No answer came in time. */
  TIMED_OUT;

  static Failure of(IOException e) {
    return switch (e) {
      case ConnectTimeoutException _ -> NOT_CONNECTED;
      case ConnectionRequestTimeoutException _ -> FULL;
      case ConnectException _ -> NOT_CONNECTED;
      case NoRouteToHostException _ -> NOT_CONNECTED;
      case UnknownHostException _ -> NOT_CONNECTED;
      case SocketTimeoutException _ -> TIMED_OUT;
      default -> BROKEN;
    };
  }

  /** Whether the instance may have carried out the request. */
  boolean mayHaveTakenEffect() {
    return this == BROKEN || this == TIMED_OUT;
  }

  /** Whether it says something about the instance. */
  boolean isOfTheInstance() {
    return this != FULL;
  }
}
