package dev.reserva.cli;

import dev.reserva.cli.api.ReservaApi;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** How a command gets into a running server: with an API key, or as the administrator. */
final class ServerAccess {

  private static final String API_KEY = "RESERVA_API_KEY";

  private ServerAccess() {}

  /**
   * @param data the server's data folder, for the administrator's password
   * @throws CommandFailure if there is neither a key nor a password
   */
  static ReservaApi to(URI url, Path data) {
    return to(url, data, System.getenv());
  }

  static ReservaApi to(URI url, Path data, Map<String, String> environment) {
    String key = environment.getOrDefault(API_KEY, "").strip();
    return key.isEmpty()
        ? new ReservaApi(url, AdminPassword.USERNAME, AdminPassword.find(data))
        : ReservaApi.withKey(url, key);
  }
}
