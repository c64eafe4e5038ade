/**
 * Messages as files, for channels without a provider.
 *
 * <p>Start reading at {@link dev.reserva.notifications.adapters.folder.FolderSender}.
 */
@NullMarked
package dev.reserva.notifications.adapters.folder;

import org.jspecify.annotations.NullMarked;
