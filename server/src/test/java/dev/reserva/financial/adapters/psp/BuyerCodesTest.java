package dev.reserva.financial.adapters.psp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.Money;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The codes that the simulator gives to buyers, checked with published examples. */
class BuyerCodesTest {

  private static final UUID CHARGE = UUID.fromString("01977c1e-5a00-7000-8000-000000000008");
  private static final Money AMOUNT = Money.of("1599.80", "BRL");

  @Test
  void a_pix_is_a_br_code_whose_checksum_holds() {
    // The check value of CRC-16/CCITT-FALSE.
    assertThat(PixCode.crc("123456789")).isEqualTo(0x29B1);

    String code = PixCode.of(CHARGE, AMOUNT);
    assertThat(code)
        .startsWith("00020126580014br.gov.bcb.pix0136" + CHARGE)
        .contains("5303986", "54071599.80", "5802BR", "5917RESERVA SIMULATOR");
    String unsigned = code.substring(0, code.length() - 4);
    assertThat(unsigned).endsWith("6304");
    assertThat(code).isEqualTo(unsigned + "%04X".formatted(PixCode.crc(unsigned)));
  }

  @Test
  void a_boleto_is_47_digits_with_its_checks_due_day_and_amount() {
    // A boleto of FEBRABAN's manual: 00190.50095 40144.816069 06809.350314 3 37370000000100
    assertThat(BoletoCode.modulo10("001905009")).isEqualTo(5);
    assertThat(BoletoCode.modulo10("4014481606")).isEqualTo(9);
    assertThat(BoletoCode.modulo10("0680935031")).isEqualTo(4);
    assertThat(BoletoCode.modulo11("0019373700000001000500940144816060680935031")).isEqualTo(3);

    String code = BoletoCode.of(CHARGE, AMOUNT, LocalDate.of(2025, 3, 4));
    assertThat(code).matches("9999[0-9]{43}").endsWith("10100000159980");
    assertThat(code.charAt(9) - '0').isEqualTo(BoletoCode.modulo10(code.substring(0, 9)));
    assertThat(code.charAt(20) - '0').isEqualTo(BoletoCode.modulo10(code.substring(10, 20)));
    assertThat(code.charAt(31) - '0').isEqualTo(BoletoCode.modulo10(code.substring(21, 31)));
    String free = code.substring(4, 9) + code.substring(10, 20) + code.substring(21, 31);
    assertThat(code.charAt(32) - '0')
        .isEqualTo(BoletoCode.modulo11(code.substring(0, 4) + code.substring(33) + free));
  }

  @Test
  void a_boleto_has_no_amount_in_another_currency_or_of_more_than_ten_digits() {
    LocalDate due = LocalDate.of(2025, 2, 22);
    assertThat(BoletoCode.of(CHARGE, Money.of("5.00", "USD"), due)).endsWith("10000000000000");
    assertThat(BoletoCode.of(CHARGE, Money.of("100000000.00", "BRL"), due))
        .endsWith("10000000000000");
    assertThat(BoletoCode.of(CHARGE, Money.of("99999999.99", "BRL"), due))
        .endsWith("10009999999999");
  }

  @Test
  void the_days_of_a_boleto_begin_again_after_9999() {
    LocalDate first = LocalDate.of(2025, 2, 22);
    assertThat(BoletoCode.of(CHARGE, AMOUNT, first.plusDays(8_999))).endsWith("99990000159980");
    assertThat(BoletoCode.of(CHARGE, AMOUNT, first.plusDays(9_000))).endsWith("10000000159980");
  }
}
