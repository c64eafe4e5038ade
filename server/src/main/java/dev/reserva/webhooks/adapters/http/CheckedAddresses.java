package dev.reserva.webhooks.adapters.http;

import dev.reserva.webhooks.domain.AddressRules;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Resolves a name for one connection, which then goes to an address that was checked here. A name
 * with any address that is not allowed is refused as a whole: no answer of a name server can make a
 * delivery go to a private system.
 */
final class CheckedAddresses implements DnsResolver {

  private final DnsResolver resolver;
  private final AddressRules rules;

  CheckedAddresses(AddressRules rules) {
    this(SystemDefaultDnsResolver.INSTANCE, rules);
  }

  CheckedAddresses(DnsResolver resolver, AddressRules rules) {
    this.resolver = resolver;
    this.rules = rules;
  }

  /** The name leads to an address that deliveries must not go to. */
  static final class Refused extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    Refused() {
      super("the host has an address that is not allowed");
    }
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] found = resolver.resolve(host);
    if (!Arrays.stream(found).allMatch(rules::allows)) {
      throw new Refused();
    }
    return found;
  }

  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    return resolver.resolveCanonicalHostname(host);
  }
}
