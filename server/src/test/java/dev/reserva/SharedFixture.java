package dev.reserva;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A fixture that several classes of tests share, such as a server that none of them disturbs. The
 * first class makes it; it is closed when all tests have ended.
 */
public final class SharedFixture<T extends AutoCloseable> implements BeforeAllCallback {

  private final Class<T> type;
  private final Supplier<T> making;
  private @Nullable T fixture;

  public SharedFixture(Class<T> type, Supplier<T> making) {
    this.type = type;
    this.making = making;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    fixture =
        context
            .getRoot()
            .getStore(Namespace.create(SharedFixture.class))
            .computeIfAbsent(type, _ -> making.get(), type);
  }

  public T get() {
    return Objects.requireNonNull(fixture, "it is made before the first test of a class");
  }
}
