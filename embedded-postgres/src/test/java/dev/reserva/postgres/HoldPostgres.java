package dev.reserva.postgres;

import java.nio.file.Path;

/**
 * A program that starts the server, stores a row, prints its process id, and waits to be killed.
 */
final class HoldPostgres {
  static final String READY = "postgres=";

  private HoldPostgres() {}

  public static void main(String[] arguments) throws InterruptedException {
    EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]));
    EmbeddedPostgresIT.execute(postgres, "create schema mine");
    EmbeddedPostgresIT.execute(postgres, "create table mine.kept (id int)");
    EmbeddedPostgresIT.execute(postgres, "insert into mine.kept values (42)");
    System.out.println(READY + postgres.pid());
    Thread.sleep(60_000);
    postgres.close();
  }
}
