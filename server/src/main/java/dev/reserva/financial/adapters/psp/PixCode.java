package dev.reserva.financial.adapters.psp;

import dev.reserva.contracts.Money;
import java.nio.charset.StandardCharsets;
import java.util.Currency;
import java.util.UUID;

/**
 * The text that a buyer pastes into the bank's app: a BR Code (EMV QR Code for merchants, as the
 * Banco Central do Brasil defines it). Its receiver does not exist, so no bank pays it.
 */
final class PixCode {

  private static final String MERCHANT = "RESERVA SIMULATOR";
  private static final String CITY = "SAO PAULO";
  private static final int MAX_REFERENCE = 25;

  private PixCode() {}

  static String of(UUID charge, Money amount) {
    String reference = charge.toString().replace("-", "");
    String unsigned =
        field("00", "01")
            + field("26", field("00", "br.gov.bcb.pix") + field("01", charge.toString()))
            + field("52", "0000")
            + field("53", Currency.getInstance(amount.currency()).getNumericCodeAsString())
            + field("54", amount.amount().toPlainString())
            + field("58", "BR")
            + field("59", MERCHANT)
            + field("60", CITY)
            + field("62", field("05", reference.substring(reference.length() - MAX_REFERENCE)))
            + "6304";
    return unsigned + "%04X".formatted(crc(unsigned));
  }

  /** Identifier, length in two digits, value. */
  private static String field(String id, String value) {
    return "%s%02d%s".formatted(id, value.length(), value);
  }

  /** CRC-16/CCITT-FALSE: polynomial 0x1021, initial value 0xFFFF. */
  static int crc(String text) {
    int crc = 0xFFFF;
    for (byte next : text.getBytes(StandardCharsets.US_ASCII)) {
      crc ^= (next & 0xFF) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ 0x1021;
      }
      crc &= 0xFFFF;
    }
    return crc;
  }
}
