package dev.reserva.platform.audit;

import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import java.util.List;

/**
 * Who did something, and from where.
 *
 * @param name a user name of staff, a customer's id or an API key's name; never an e-mail address
 * @param roles names on the wire, sorted
 * @param address network address of the client; empty where there is no client
 */
public record Actor(String name, Kind kind, List<String> roles, String address) {

  /** What an actor is. */
  public enum Kind {
    STAFF("staff"),
    API_KEY("api_key"),
    CUSTOMER("customer"),
    ANONYMOUS("anonymous"),
    /** The server itself. */
    SYSTEM("system");

    private final String wire;

    Kind(String wire) {
      this.wire = wire;
    }

    /** The name on the wire. */
    public String wire() {
      return wire;
    }
  }

  /** The server itself, without any client. */
  public static final Actor SYSTEM = new Actor("system", Kind.SYSTEM, List.of(), "");

  public Actor {
    name = AuditText.clean(name);
    roles = List.copyOf(roles);
    address = AuditText.clean(address);
  }

  /**
   * @param address network address of the client
   */
  public static Actor of(Caller caller, String address) {
    return new Actor(
        caller.name(),
        kind(caller),
        caller.roles().stream().map(Role::wire).sorted().toList(),
        address);
  }

  /** Somebody of whom only the address is known. */
  public static Actor anonymous(String address) {
    return of(Caller.ANONYMOUS, address);
  }

  private static Kind kind(Caller caller) {
    return switch (caller.kind()) {
      case ANONYMOUS -> Kind.ANONYMOUS;
      case SERVICE -> Kind.SYSTEM;
      case API_KEY -> Kind.API_KEY;
      case USER, FOREIGN -> caller.isStaff() ? Kind.STAFF : Kind.CUSTOMER;
    };
  }
}
