package dev.reserva.customers.adapters.web;

import dev.reserva.platform.web.Confidential;
import io.swagger.v3.oas.annotations.media.Schema;

/** The secret of an authenticator, shown this once. */
record SecondFactorEnrolmentView(
    @Schema(
            description = "Base32, to type into the app.",
            example = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
        String secret,
    @Schema(
            description = "For a QR code.",
            example =
                "otpauth://totp/Reserva:ana.lima?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Reserva&algorithm=SHA1&digits=6&period=30")
        String uri)
    implements Confidential {

  @Override
  public String toString() {
    return "SecondFactorEnrolmentView[…]";
  }
}
