package dev.reserva.gateway;

import java.io.IOException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An instance's answer. Closing it before its end closes its connection: reading the rest would
 * take as long as the instance has something to say.
 */
record Answer(ClassicHttpResponse response, HttpUriRequestBase request) implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

  int status() {
    return response.getCode();
  }

  @Override
  public void close() {
    request.cancel(); // without effect on a connection that is back in the pool
    try {
      response.close();
    } catch (IOException e) {
      LOG.debug("answer closed before its end", e);
    }
  }
}
