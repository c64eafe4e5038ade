package dev.reserva.platform.members;

import dev.reserva.messaging.transport.LogIdentity;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /internal/database}: tells the database of this process from others. */
@Hidden
@RestController
public final class DatabaseIdentity {

  public static final String PATH = "/internal/database";

  private final LogIdentity log;

  public DatabaseIdentity(LogIdentity log) {
    this.log = log;
  }

  /**
   * @param id of the database's event log
   */
  record Database(UUID id) {}

  /** Identifies the database. */
  public UUID id() {
    return log.id();
  }

  @GetMapping(PATH)
  Database database() {
    return new Database(id());
  }
}
