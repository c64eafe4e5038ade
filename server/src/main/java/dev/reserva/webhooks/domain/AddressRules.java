package dev.reserva.webhooks.domain;

import java.net.InetAddress;
import java.util.List;

/**
 * The addresses that deliveries may go to: public ones, and those of networks that the operator of
 * the installation has allowed.
 *
 * <p>Of IPv6, only the range that is assigned for global use is public. So addresses that contain
 * one of IPv4 are refused: mapped and compatible ones and NAT64 are outside of it, 6to4 and Teredo
 * are named.
 *
 * @param allowed networks that are allowed although they are not public
 */
public record AddressRules(List<Network> allowed) {

  /** IANA's registries of special-purpose addresses, 2026, and what is no unicast. */
  private static final List<Network> REFUSED =
      List.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "3fff::/20")
          .stream()
          .map(Network::parse)
          .toList();

  private static final Network GLOBAL_IPV6 = Network.parse("2000::/3");

  private static final int IPV4_BYTES = 4;

  public AddressRules {
    allowed = List.copyOf(allowed);
  }

  public boolean allows(InetAddress address) {
    if (allowed.stream().anyMatch(network -> network.contains(address))) {
      return true;
    }
    boolean assigned = address.getAddress().length == IPV4_BYTES || GLOBAL_IPV6.contains(address);
    return assigned && REFUSED.stream().noneMatch(network -> network.contains(address));
  }
}
