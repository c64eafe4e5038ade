package dev.reserva.platform.web;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /}: a short page for a browser that says what runs here. */
@Hidden
@RestController
final class HomePage {

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head><meta charset="utf-8"><title>Reserva</title></head>
      <body>
      <h1>Reserva</h1>
      <p>An order and stock platform is running here. It is used by its HTTP API.</p>
      <ul>
      <li><a href="/docs">API documentation</a>, also as <a href="/openapi.json">OpenAPI</a></li>
      <li><a href="/schemas">Schemas of the events</a></li>
      <li><a href="/api/health">Health</a></li>
      </ul>
      </body>
      </html>
      """;

  @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
  String page() {
    return PAGE;
  }
}
