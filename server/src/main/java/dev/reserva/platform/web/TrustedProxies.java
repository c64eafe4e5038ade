package dev.reserva.platform.web;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxies whose {@code X-Forwarded-For} is believed. Each of them appends the address that it
 * was called from, so only the right end of the list is known to be true: reading goes from right
 * to left and ends at the first address that is no trusted proxy.
 */
public final class TrustedProxies {

  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  /** More proxies than any request passes. A longer list is one that a client has made up. */
  private static final int MAX_HOPS = 32;

  /** An address as some proxies write it: with a port, and then IPv6 in brackets. */
  private static final Pattern WITH_PORT =
      Pattern.compile("\\[([^]]+)](?::\\d+)?|(\\d[\\d.]*):\\d+");

  private final List<Network> networks;

  private TrustedProxies(List<Network> networks) {
    this.networks = networks;
  }

  private static final class Network {
    private final byte[] address;
    private final int bits;

    Network(byte[] address, int bits) {
      this.address = address;
      this.bits = bits;
    }

    boolean contains(byte[] candidate) {
      if (candidate.length != address.length) {
        return false;
      }
      int whole = bits / 8;
      for (int i = 0; i < whole; i++) {
        if (candidate[i] != address[i]) {
          return false;
        }
      }
      int rest = bits % 8;
      return rest == 0 || ((candidate[whole] ^ address[whole]) & 0xff) >>> (8 - rest) == 0;
    }

    /** Whether no bit is set behind the prefix. */
    boolean isWhole() {
      for (int bit = bits; bit < 8 * address.length; bit++) {
        if ((address[bit / 8] & (0x80 >>> (bit % 8))) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * @param networks such as {@code 10.0.0.0/8}, {@code 2001:db8::/32} or {@code 10.1.2.3}
   * @throws IllegalArgumentException if one of them is none
   */
  public static TrustedProxies of(List<String> networks) {
    List<Network> parsed = new ArrayList<>();
    for (String text : networks) {
      parsed.add(network(text.strip()));
    }
    return parsed.isEmpty() ? NONE : new TrustedProxies(List.copyOf(parsed));
  }

  private static Network network(String text) {
    int slash = text.indexOf('/');
    InetAddress address = ClientAddress.literal(slash < 0 ? text : text.substring(0, slash));
    if (address != null) {
      byte[] bytes = address.getAddress();
      int bits = slash < 0 ? 8 * bytes.length : bits(text.substring(slash + 1));
      if (bits >= 0 && bits <= 8 * bytes.length) {
        Network network = new Network(bytes, bits);
        if (network.isWhole()) {
          return network;
        }
      }
    }
    throw new IllegalArgumentException(
        "reserva.http.trusted-proxies must be addresses or networks like 10.0.0.0/8, was " + text);
  }

  private static int bits(String text) {
    return text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
  }

  public boolean isEmpty() {
    return networks.isEmpty();
  }

  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    for (Network network : networks) {
      if (network.contains(bytes)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The client's address: that of the peer, unless the peer is trusted and names another. An entry
   * that is no address ends the reading at the proxy that has written it.
   *
   * @param peer the other end of the connection
   * @param forwardedFor the values of {@code X-Forwarded-For}, in their order
   */
  ClientAddress client(ClientAddress peer, List<String> forwardedFor) {
    ClientAddress client = peer;
    int hops = 0;
    for (String value : forwardedFor.reversed()) {
      int end = value.length();
      while (end >= 0) {
        int comma = value.lastIndexOf(',', end - 1);
        if (hops++ == MAX_HOPS || !isTrusted(client)) {
          return client;
        }
        ClientAddress named = parse(value.substring(comma + 1, end));
        if (named == null) {
          return client;
        }
        client = named;
        end = comma;
      }
    }
    return client;
  }

  private boolean isTrusted(ClientAddress address) {
    InetAddress literal = ClientAddress.literal(address.text());
    return literal != null && contains(literal);
  }

  private static @Nullable ClientAddress parse(String entry) {
    String text = entry.strip();
    Matcher ported = WITH_PORT.matcher(text);
    if (ported.matches()) {
      text = ported.group(1) == null ? ported.group(2) : ported.group(1);
    }
    InetAddress address = ClientAddress.literal(text);
    return address == null ? null : ClientAddress.of(address);
  }
}
