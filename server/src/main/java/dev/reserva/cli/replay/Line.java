package dev.reserva.cli.replay;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a line of the history is. */
sealed interface Line {

  /** Number of the invoice; empty if it cannot be read. */
  String invoice();

  /**
   * Goods that went to a customer.
   *
   * @param price of one piece, with two digits
   * @param customer absent: the shop did not know
   */
  record Sale(
      String invoice,
      String sku,
      String name,
      int quantity,
      BigDecimal price,
      Optional<String> customer)
      implements Line {}

  /**
   * Goods that came back.
   *
   * @param quantity how many, above zero
   */
  record Return(String invoice, String sku, int quantity, Optional<String> customer)
      implements Line {}

  /** A line that is neither sold nor returned goods. */
  record Skipped(String invoice, String code, LeftOut reason) implements Line {}

  /** The most that the API accepts in one line of an order. */
  int MOST_PIECES = 1_000_000;

  /** Longer descriptions are cut. */
  int LONGEST_NAME = 200;

  /**
   * A product's code starts with five digits, or is one of the party bags' DCGS codes. What remains
   * is postage (POST, DOT), manual entries (M), discounts (D), samples (S), carriage (C2), fees
   * (AMAZONFEE, BANK CHARGES), vouchers (gift_…) and the like.
   */
  Pattern PRODUCT = Pattern.compile("([0-9]{5}|DCGS).*");

  /**
   * Reads a line from its columns as they stand in the file.
   *
   * @param invoice starts with C for a return, with A for an adjustment of bad debt
   */
  static Line of(
      String invoice,
      String stockCode,
      String description,
      String quantity,
      String unitPrice,
      String customerId) {
    String number = invoice.strip();
    String code = stockCode.strip();
    int pieces;
    BigDecimal price;
    try {
      BigDecimal many = new BigDecimal(quantity.strip());
      if (many.abs().compareTo(BigDecimal.valueOf(MOST_PIECES)) > 0) {
        return new Skipped(number, code, LeftOut.TOO_MANY);
      }
      pieces = many.intValueExact();
      price = new BigDecimal(unitPrice.strip()).stripTrailingZeros();
    } catch (ArithmeticException | NumberFormatException e) {
      return new Skipped(number, code, LeftOut.UNREADABLE);
    }
    if (number.isEmpty() || code.isEmpty()) {
      return new Skipped(number, code, LeftOut.UNREADABLE);
    }
    if (number.startsWith("A")) {
      return new Skipped(number, code, LeftOut.ADJUSTMENT);
    }
    if (!PRODUCT.matcher(code).matches()) {
      return new Skipped(number, code, LeftOut.NO_PRODUCT);
    }
    Optional<String> customer = customer(customerId);
    if (number.startsWith("C")) {
      return pieces < 0
          ? new Return(number, code, -pieces, customer)
          : new Skipped(number, code, LeftOut.NOTHING_GIVEN_BACK);
    }
    if (pieces <= 0) {
      return new Skipped(number, code, LeftOut.NO_QUANTITY);
    }
    if (price.signum() <= 0) {
      return new Skipped(number, code, LeftOut.NO_PRICE);
    }
    if (price.scale() > 2) {
      return new Skipped(number, code, LeftOut.FINE_PRICE);
    }
    return new Sale(number, code, name(description, code), pieces, price.setScale(2), customer);
  }

  /** The number is printed as {@code 17850.0}. */
  private static Optional<String> customer(String column) {
    String id = column.strip();
    if (id.endsWith(".0")) {
      id = id.substring(0, id.length() - 2);
    }
    return id.isEmpty() ? Optional.empty() : Optional.of(id);
  }

  private static String name(String description, String code) {
    String name = description.replaceAll("\\p{Cntrl}+", " ").strip();
    if (name.isEmpty()) {
      return code;
    }
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME).strip();
  }
}
