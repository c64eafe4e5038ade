package dev.reserva.platform.security;

/**
 * The secret of this installation, {@code reserva.security.token-secret}: keys for what is stored
 * encrypted are derived from it. Processes on one database need the same.
 */
public final class InstallationSecret {

  private final String value;

  InstallationSecret(String value) {
    this.value = value;
  }

  /**
   * @param purpose never changes: what was sealed before could not be opened
   */
  public Sealing sealing(String purpose) {
    return new Sealing(value, "reserva " + purpose);
  }

  /** At least 32 bytes; for keys that are derived from it. */
  public String value() {
    return value;
  }

  @Override
  public String toString() {
    return "InstallationSecret[…]";
  }
}
