package dev.reserva.customers.adapters.web;

import dev.reserva.platform.web.Confidential;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** The recovery codes of a second factor, shown this once. */
record SecondFactorRecoveryCodesView(
    @Schema(
            description = "Each replaces one code once; they are shown this once.",
            example = "[\"abcde-fghij-klmno-pqrst-uvwx7\"]")
        List<String> recoveryCodes)
    implements Confidential {

  @Override
  public String toString() {
    return "SecondFactorRecoveryCodesView[…]";
  }
}
