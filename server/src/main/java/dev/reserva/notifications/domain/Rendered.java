package dev.reserva.notifications.domain;

import org.jspecify.annotations.Nullable;

/**
 * A message in its final words.
 *
 * @param subject on one line
 * @param text without markup; of an SMS or push message all there is
 * @param html the same with markup; only e-mails have it
 */
public record Rendered(String subject, String text, @Nullable String html) {

  /** Line breaks in a subject would begin another header. */
  public Rendered {
    subject = subject.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
  }
}
