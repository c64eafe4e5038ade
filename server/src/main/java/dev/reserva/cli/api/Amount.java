package dev.reserva.cli.api;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;

/** Money as the API writes it. */
public record Amount(
    @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount, String currency) {

  public static Amount of(String amount, String currency) {
    return new Amount(new BigDecimal(amount), currency);
  }

  @Override
  public String toString() {
    return amount.toPlainString() + " " + currency;
  }
}
