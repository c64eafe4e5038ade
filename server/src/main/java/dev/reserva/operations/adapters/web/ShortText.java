package dev.reserva.operations.adapters.web;

import dev.reserva.contracts.Text;

/**
 * A short text of a caller: a reason, or a search term.
 *
 * @param value 1..500 characters on one line
 */
record ShortText(String value) {

  static final int MAX_LENGTH = 500;

  ShortText {
    value = Text.line("text", value, 1, MAX_LENGTH);
  }
}
