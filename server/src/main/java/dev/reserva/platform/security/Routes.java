package dev.reserva.platform.security;

import java.util.List;

/** The routes of one service; a bean of its configuration. */
public record Routes(List<Route> list) {

  public Routes {
    list = List.copyOf(list);
  }

  public static Routes of(Route... routes) {
    return new Routes(List.of(routes));
  }
}
