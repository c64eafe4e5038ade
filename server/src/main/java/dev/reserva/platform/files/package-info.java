/**
 * The data folder: what this installation keeps outside of its database.
 *
 * <p>Start reading at {@link dev.reserva.platform.files.DataFolder}. Nothing here decides what is
 * kept.
 */
@org.springframework.modulith.NamedInterface("files")
@NullMarked
package dev.reserva.platform.files;

import org.jspecify.annotations.NullMarked;
