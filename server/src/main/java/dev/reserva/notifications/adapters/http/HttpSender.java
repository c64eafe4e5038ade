package dev.reserva.notifications.adapters.http;

import dev.reserva.notifications.application.MessageSender;
import dev.reserva.notifications.domain.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends each message by a request of its own, several at a time. */
public final class HttpSender implements MessageSender {

  /** With ten seconds each, a step of 100 messages takes a little more than a minute. */
  private static final int MOST_AT_ONCE = 16;

  private final Channel channel;
  private final ProviderApi api;

  public HttpSender(Channel channel, ProviderApi api) {
    this.channel = channel;
    this.api = api;
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public List<Result> send(List<Outgoing> messages) {
    int threads = Math.min(MOST_AT_ONCE, Math.max(1, messages.size()));
    try (ExecutorService executor =
        Executors.newFixedThreadPool(
            threads,
            Thread.ofVirtual().name("notifications-" + channel.wire() + "-", 0).factory())) {
      List<Future<Result>> sending =
          messages.stream().map(message -> executor.submit(() -> one(message))).toList();
      List<Result> results = new ArrayList<>(messages.size());
      sending.forEach(result -> results.add(result(result)));
      return results;
    }
  }

  private Result one(Outgoing message) {
    try {
      return api.send(message);
    } catch (ProviderClient.NoAnswer e) {
      return new Result.Unavailable(String.valueOf(e.getMessage()));
    }
  }

  private static Result result(Future<Result> sending) {
    try {
      return sending.get();
    } catch (ExecutionException e) {
      return new Result.Unavailable("the request failed: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Unavailable("interrupted");
    }
  }
}
