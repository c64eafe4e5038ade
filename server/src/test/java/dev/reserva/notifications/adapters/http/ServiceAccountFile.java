package dev.reserva.notifications.adapters.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The key file of a service account, as Google gives it. */
public final class ServiceAccountFile {

  public static final String EMAIL = "push@shop.iam.gserviceaccount.example";

  private static final int BITS = 2_048;

  private ServiceAccountFile() {}

  public static KeyPair key() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Path write(Path folder, KeyPair key) throws IOException {
    String pem =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getPrivate().getEncoded());
    return Files.writeString(
        folder.resolve("service-account.json"),
        """
        {"type":"service_account","client_email":"%s",
         "private_key":"-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n"}
        """
            .formatted(EMAIL, pem.replace("\n", "\\n")));
  }
}
