package dev.reserva.platform.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The keys that follow from {@code reserva.privacy.secret} and the secrets of before. The first one
 * seals; all of them open.
 */
public final class MasterKeys {

  /**
   * The keys of one secret, each for one purpose.
   *
   * @param id names the secret and tells nothing about it
   */
  record Master(String id, SecretKey tokens, SecretKey tokenNonces, SecretKey subjects) {}

  private final List<Master> masters;

  /**
   * @param secret the present one
   * @param former those of before
   */
  public MasterKeys(String secret, List<String> former) {
    List<Master> all = new ArrayList<>();
    all.add(derived(secret));
    former.stream().map(MasterKeys::derived).forEach(all::add);
    masters = List.copyOf(all);
  }

  Master present() {
    return masters.getFirst();
  }

  Optional<Master> find(String id) {
    return masters.stream().filter(master -> master.id().equals(id)).findFirst();
  }

  /** The ids of all secrets, the present one first. */
  Set<String> ids() {
    Set<String> ids = new LinkedHashSet<>();
    masters.forEach(master -> ids.add(master.id()));
    return ids;
  }

  private static Master derived(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    return new Master(
        HexFormat.of().formatHex(raw(bytes, "id", 4)),
        key(bytes, "payment tokens", "AES"),
        key(bytes, "nonces of payment tokens", "HmacSHA256"),
        key(bytes, "keys of subjects", "AES"));
  }

  private static SecretKey key(byte[] secret, String purpose, String algorithm) {
    try {
      return kdf().deriveKey(algorithm, parameters(secret, purpose, 32));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF is part of the platform since Java 25", e);
    }
  }

  private static byte[] raw(byte[] secret, String purpose, int length) {
    try {
      return kdf().deriveData(parameters(secret, purpose, length));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF is part of the platform since Java 25", e);
    }
  }

  private static KDF kdf() throws GeneralSecurityException {
    return KDF.getInstance("HKDF-SHA256");
  }

  private static HKDFParameterSpec parameters(byte[] secret, String purpose, int length) {
    return HKDFParameterSpec.ofExtract()
        .addIKM(secret)
        .thenExpand(("reserva " + purpose).getBytes(StandardCharsets.UTF_8), length);
  }
}
