package dev.reserva.operations.adapters.web;

import dev.reserva.contracts.Text;

/**
 * A short text of a caller: a reason, or a search term.
 *
 * @param value 1..500 characters on one line
 */
record ShortText(String value) {

  static final int MAX_LENGTH = 500;

  /**
   * @param field named by the error
   * @throws IllegalArgumentException if it is not such a text
   */
  static ShortText of(String field, String text) {
    return new ShortText(Text.line(field, text, 1, MAX_LENGTH));
  }
}
