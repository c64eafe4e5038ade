package dev.reserva.postgres;

import java.nio.file.Path;

/** Another process, or another object of this one, already uses the data folder. */
public final class DataFolderInUse extends RuntimeException {
  private static final long serialVersionUID = 1;

  DataFolderInUse(Path folder, String pid) {
    super("data folder " + folder + " is in use by process " + pid);
  }
}
