package dev.reserva.platform.privacy;

import dev.reserva.platform.privacy.Export.Held;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /internal/privacy/export}: what this process holds, for the export of another process. */
@Hidden
@RestController
final class ExportEndpoint {

  static final String PATH = "/internal/privacy/export/";
  static final String ROUTE = PATH + "{id}";

  private final Export export;

  ExportEndpoint(Export export) {
    this.export = export;
  }

  @GetMapping(ROUTE)
  Held held(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String part,
      @RequestParam(required = false) @Nullable UUID before) {
    return export.read(id, part, before);
  }
}
