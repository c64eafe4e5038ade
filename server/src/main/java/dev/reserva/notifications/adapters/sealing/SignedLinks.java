package dev.reserva.notifications.adapters.sealing;

import dev.reserva.notifications.application.UnsubscribeLinks;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Links whose token is what they are for and its HMAC-SHA256. They do not expire: a mail may be
 * read years later.
 */
public final class SignedLinks implements UnsubscribeLinks {

  private static final Pattern TOKEN =
      Pattern.compile("([0-9a-f-]{36})\\.([a-z]{1,20})\\.([a-z]{1,10})\\.([A-Za-z0-9_-]{43})");

  private final DerivedKey key;
  private final @Nullable String url;

  /**
   * @param secret of the installation; with another one, former links are not recognized
   * @param url to which tokens are appended; absent: there are no links
   */
  public SignedLinks(String secret, @Nullable String url) {
    this.key = new DerivedKey(secret, "reserva links to unsubscribe");
    this.url = url;
  }

  @Override
  public Optional<String> link(Subscribed subscribed) {
    String signed = text(subscribed);
    return Optional.ofNullable(url).map(base -> base + signed + "." + key.sign(signed));
  }

  private static String text(Subscribed it) {
    return "%s.%s.%s".formatted(it.customerId(), it.kind().wire(), it.channel().wire());
  }

  @Override
  public Optional<Subscribed> read(String token) {
    Matcher parts = TOKEN.matcher(token);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String signed = token.substring(0, parts.start(4) - 1);
    boolean genuine =
        MessageDigest.isEqual(
            key.sign(signed).getBytes(StandardCharsets.US_ASCII),
            parts.group(4).getBytes(StandardCharsets.US_ASCII));
    return genuine
        ? Optional.of(
            new Subscribed(
                UUID.fromString(parts.group(1)),
                Kind.ofWire(parts.group(2)),
                Channel.ofWire(parts.group(3))))
        : Optional.empty();
  }
}
