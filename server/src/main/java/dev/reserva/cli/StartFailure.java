package dev.reserva.cli;

import dev.reserva.platform.database.UnusableDatabase;
import dev.reserva.postgres.DataFolderInUse;
import dev.reserva.postgres.PostgresFailure;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.web.server.PortInUseException;

/** Says in a few lines why a server did not start, in words that its operator can act on. */
final class StartFailure {

  private static final int MOST_LINES = 3;
  private static final int MOST_CHARACTERS = 400;

  private StartFailure() {}

  /** The reason in at most three lines. */
  static String reason(Throwable failure) {
    String reason =
        chain(failure)
            .map(StartFailure::told)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseGet(() -> ofInnermost(failure));
    List<String> lines = reason.lines().map(StartFailure::cut).limit(MOST_LINES).toList();
    return String.join("\n", lines);
  }

  private static String cut(String line) {
    return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS - 1) + "…";
  }

  private static Stream<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }

  private static Throwable innermost(Throwable failure) {
    return chain(failure).reduce((_, cause) -> cause).orElse(failure);
  }

  /** Absent for what only wraps another, and for what nobody expects. */
  private static @Nullable String told(Throwable failure) {
    return switch (failure) {
      case PortInUseException taken ->
          "port %d is in use by another program; choose a free one with --port"
              .formatted(taken.getPort());
      case BindException wrong -> ofProperty(wrong);
      case UnusableDatabase database -> database.getMessage();
      case DataFolderInUse folder -> folder.getMessage();
      case PostgresFailure postgres -> withCause(postgres);
      case UncheckedIOException file -> withCause(file);
      default -> null;
    };
  }

  private static String withCause(RuntimeException failure) {
    return failure.getCause() == null
        ? String.valueOf(failure.getMessage())
        : failure.getMessage() + ": " + plain(innermost(failure));
  }

  /** Also for an exception whose message is nothing but a file's name. */
  private static String plain(Throwable cause) {
    if (cause instanceof FileSystemException file) {
      String reason = file.getReason() == null ? file.getClass().getSimpleName() : file.getReason();
      return file.getFile() + ": " + reason;
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /** A record's own check names the property; a value of the wrong type is named here. */
  private static String ofProperty(BindException wrong) {
    Throwable cause = innermost(wrong);
    if (String.valueOf(cause.getMessage()).startsWith("reserva.")) {
      return String.valueOf(cause.getMessage());
    }
    ConfigurationProperty property = wrong.getProperty();
    String name = wrong.getName().toString();
    return property == null
        ? "%s: %s".formatted(name, plain(cause))
        : "%s must be %s, was \"%s\""
            .formatted(name, shape(wrong.getTarget().getType().resolve()), property.getValue());
  }

  private static String shape(@Nullable Class<?> type) {
    if (type == Duration.class) {
      return "a duration such as 15m, 2s or 250ms";
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "a whole number such as 16";
    }
    return type == null ? "another value" : "a " + type.getSimpleName();
  }

  /** What names a property, which may be due to another failure; else the innermost one. */
  private static String ofInnermost(Throwable failure) {
    Throwable innermost = innermost(failure);
    return chain(failure)
        .filter(cause -> cause instanceof IllegalArgumentException)
        .map(cause -> String.valueOf(cause.getMessage()))
        .filter(message -> message.startsWith("reserva."))
        .findFirst()
        .orElseGet(() ->
            innermost instanceof IllegalArgumentException
                ? String.valueOf(innermost.getMessage())
                : "%s: %s".formatted(innermost.getClass().getSimpleName(), innermost.getMessage()));
  }
}
