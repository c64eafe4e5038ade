/**
 * Who makes a request, and whether it may.
 *
 * <p>Start reading at {@link dev.reserva.platform.security.Route} (who may call what), {@link
 * dev.reserva.platform.security.UnrevokedTokens} (how a token is checked) and {@link
 * dev.reserva.platform.security.Revocations} (what ends a token before it expires). {@link
 * dev.reserva.platform.security.AuthorityConfiguration} says where keys and revocations come from:
 * this process's database, or the process with the logins.
 *
 * <p>Accounts, passwords and sessions belong to the customers service; this package does not know
 * them.
 */
@org.springframework.modulith.NamedInterface("security")
@NullMarked
package dev.reserva.platform.security;

import org.jspecify.annotations.NullMarked;
