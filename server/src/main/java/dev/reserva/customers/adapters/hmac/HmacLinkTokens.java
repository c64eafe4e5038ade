package dev.reserva.customers.adapters.hmac;

import dev.reserva.customers.application.LinkTokens;
import dev.reserva.customers.domain.Link;
import dev.reserva.customers.domain.Link.Purpose;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * A link's secret is its id and an HMAC-SHA256 over its purpose and id, in Base64: 64 characters.
 * The key is derived from the server's token secret by HKDF.
 */
public final class HmacLinkTokens implements LinkTokens {

  private static final String HMAC = "HmacSHA256";
  private static final String KEY_INFO = "reserva account links 1";
  private static final int KEY_BYTES = 32;
  private static final int ID_BYTES = 16;
  private static final int MAC_BYTES = 32;

  private final SecretKey key;

  /**
   * @param secret of the server; with another one no earlier link is valid
   */
  public HmacLinkTokens(String secret) {
    try {
      key =
          KDF.getInstance("HKDF-SHA256")
              .deriveKey(
                  HMAC,
                  HKDFParameterSpec.ofExtract()
                      .addIKM(secret.getBytes(StandardCharsets.UTF_8))
                      .thenExpand(KEY_INFO.getBytes(StandardCharsets.US_ASCII), KEY_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HKDF-SHA256", e);
    }
  }

  @Override
  public String of(Link link) {
    byte[] id = bytes(link.id());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            ByteBuffer.allocate(ID_BYTES + MAC_BYTES).put(id).put(mac(link.purpose(), id)).array());
  }

  @Override
  public Optional<UUID> idOf(String token, Purpose purpose) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // not Base64, so not of this server
    }
    if (bytes.length != ID_BYTES + MAC_BYTES) {
      return Optional.empty();
    }
    byte[] id = Arrays.copyOf(bytes, ID_BYTES);
    byte[] mac = Arrays.copyOfRange(bytes, ID_BYTES, bytes.length);
    if (!MessageDigest.isEqual(mac, mac(purpose, id))) {
      return Optional.empty();
    }
    ByteBuffer halves = ByteBuffer.wrap(id);
    return Optional.of(new UUID(halves.getLong(), halves.getLong()));
  }

  private byte[] mac(Purpose purpose, byte[] id) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      mac.update(purpose.wire().getBytes(StandardCharsets.US_ASCII));
      mac.update((byte) 0);
      return mac.doFinal(id);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(ID_BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
