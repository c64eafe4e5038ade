package dev.reserva.webhooks.domain;

import java.net.InetAddress;

/** A range of addresses, such as {@code 10.0.0.0/8}. */
public record Network(InetAddress address, int bits) {

  public Network {
    if (bits < 0 || bits > 8 * address.getAddress().length) {
      throw new IllegalArgumentException("bits must be within the address, was " + bits);
    }
  }

  /**
   * @throws IllegalArgumentException if it is none
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    try {
      InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      int all = 8 * address.getAddress().length;
      return new Network(address, slash < 0 ? all : Integer.parseInt(text.substring(slash + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be an address or a network like 10.0.0.0/8, was \"%s\"".formatted(text), e);
    }
  }

  public boolean contains(InetAddress candidate) {
    byte[] own = address.getAddress();
    byte[] other = candidate.getAddress();
    if (own.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >>> (bit % 8);
      if ((own[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
