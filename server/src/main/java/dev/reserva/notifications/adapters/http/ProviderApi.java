package dev.reserva.notifications.adapters.http;

import dev.reserva.notifications.application.MessageSender.Outgoing;
import dev.reserva.notifications.application.MessageSender.Result;

/** Sends one message by one request. */
public interface ProviderApi {

  /**
   * @throws ProviderClient.NoAnswer if the provider does not answer in time
   */
  Result send(Outgoing message) throws ProviderClient.NoAnswer;
}
