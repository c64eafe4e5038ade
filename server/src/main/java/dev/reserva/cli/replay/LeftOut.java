package dev.reserva.cli.replay;

/** Why a line is part of neither an order nor a return. */
enum LeftOut {
  UNREADABLE("the line cannot be read"),
  LINE_BREAK("a field that has a line break, in quotes"),
  FINE_PRICE("a price of more than two decimals"),
  ADJUSTMENT("adjustment of bad debt (A invoice)"),
  NO_PRODUCT("the code is no product"),
  NO_QUANTITY("no positive quantity"),
  NO_PRICE("no positive price"),
  TOO_MANY("more than 1,000,000 pieces"),
  NOTHING_GIVEN_BACK("a return of no negative quantity");

  private final String words;

  LeftOut(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
