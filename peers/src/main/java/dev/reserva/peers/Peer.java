package dev.reserva.peers;

import dev.reserva.peers.dbos.DbosShop;
import dev.reserva.peers.modulith.ModulithShop;
import java.util.Locale;
import java.util.Objects;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.modulith.events.ApplicationModuleListener;

/** The shops on other libraries. */
enum Peer {
  DBOS(
      "DBOS Transact",
      DbosShop.class,
      "select count(*) from dbos.workflow_status where status <> 'SUCCESS'"),
  MODULITH("Spring Modulith", ModulithShop.class, "select count(*) from event_publication");

  private final String library;
  private final Class<?> program;
  private final String unfinished;

  Peer(String library, Class<?> program, String unfinished) {
    this.library = library;
    this.program = program;
    this.unfinished = unfinished;
  }

  /** A query for the number of workflows or events that are under way or have failed. */
  String unfinished() {
    return unfinished;
  }

  /** The name of the library that it is made with. */
  String library() {
    return library;
  }

  /** The library's version, as its jar says. */
  String version() {
    return switch (this) {
      case DBOS -> dev.dbos.transact.DBOS.version();
      case MODULITH ->
          Objects.requireNonNullElse(
              ApplicationModuleListener.class.getPackage().getImplementationVersion(), "unknown");
    };
  }

  /** The name on the command line and of the Spring profile. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Starts the shop in this JVM.
   *
   * @param arguments Spring's, such as {@code --spring.datasource.url=jdbc:postgresql://…}
   */
  ConfigurableApplicationContext open(String... arguments) {
    return new SpringApplicationBuilder(program).profiles(key()).run(arguments);
  }

  static String url(ConfigurableApplicationContext shop) {
    return "http://localhost:" + shop.getEnvironment().getRequiredProperty("local.server.port");
  }
}
