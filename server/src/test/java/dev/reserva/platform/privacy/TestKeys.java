package dev.reserva.platform.privacy;

import java.util.List;

/** Keys of a secret that is none. */
public final class TestKeys {

  public static final String SECRET = "a secret of the tests, and so of nobody";

  private TestKeys() {}

  public static PaymentTokens paymentTokens() {
    return new PaymentTokens(new MasterKeys(SECRET, List.of()));
  }

  public static SubjectKeys subjectKeys() {
    return new SubjectKeys(new MasterKeys(SECRET, List.of()));
  }
}
