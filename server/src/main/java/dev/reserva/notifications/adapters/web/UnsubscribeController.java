package dev.reserva.notifications.adapters.web;

import dev.reserva.notifications.application.Preferences;
import dev.reserva.notifications.application.UnsubscribeLinks;
import dev.reserva.notifications.application.UnsubscribeLinks.Subscribed;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@value #PATH}: the link of mails that can be unsubscribed (RFC 8058). A GET shows a page that
 * asks and changes nothing, because programs follow links. A POST unsubscribes, as often as it
 * comes, without a log-in and without reading its body.
 */
@Hidden
@RestController
@RequestMapping(UnsubscribeController.PATH)
public final class UnsubscribeController {

  public static final String PATH = "/unsubscribe/{token}";

  private static final String ASK =
      """
      <p>Shall this kind of messages (%s) not be sent to you by %s any more?</p>
      <form method="post"><button name="List-Unsubscribe" value="One-Click">Unsubscribe</button></form>
      """;

  private static final String DONE =
      "<p>This kind of messages (%s) is not sent to you by %s any more.</p>";

  private final UnsubscribeLinks links;
  private final Preferences preferences;
  private final Commands commands;

  public UnsubscribeController(UnsubscribeLinks links, Preferences preferences, Commands commands) {
    this.links = links;
    this.preferences = preferences;
    this.commands = commands;
  }

  @GetMapping(produces = MediaType.TEXT_HTML_VALUE)
  public String ask(@PathVariable String token) {
    return page("Unsubscribe", ASK, read(token));
  }

  @PostMapping(produces = MediaType.TEXT_HTML_VALUE)
  public ResponseEntity<?> unsubscribe(@PathVariable String token, RequestContext request) {
    Subscribed subscribed = read(token);
    ResponseEntity<?> _ =
        commands.execute(
            request,
            tx -> {
              preferences.choose(
                  subscribed.customerId(), subscribed.kind(), subscribed.channel(), false, tx);
              return Answer.noContent();
            });
    return ResponseEntity.ok(page("Unsubscribed", DONE, subscribed));
  }

  private Subscribed read(String token) {
    return links.read(token).orElseThrow(() -> Problem.notFound("link", "with this token"));
  }

  private static String page(String title, String text, Subscribed subscribed) {
    return """
    <!doctype html>
    <html lang="en">
    <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%1$s</title></head>
    <body><h1>%1$s</h1>%2$s</body>
    </html>
    """
        .formatted(title, text.formatted(subscribed.kind().wire(), subscribed.channel().wire()));
  }
}
