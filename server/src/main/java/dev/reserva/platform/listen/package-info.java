/**
 * Where the server listens, and by which certificate: translates {@code reserva.http.bind-address}
 * and {@code reserva.http.tls.*} into the framework's properties before the server is built.
 *
 * <p>Start reading at {@link dev.reserva.platform.listen.ListenSettings}. The framework watches the
 * files and exchanges the certificate; nothing here reads a key.
 */
@org.springframework.modulith.NamedInterface("listen")
@NullMarked
package dev.reserva.platform.listen;

import org.jspecify.annotations.NullMarked;
