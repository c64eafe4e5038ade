/**
 * The data folder: the files that this installation keeps outside of its database.
 *
 * <p>Start reading at {@link dev.reserva.platform.files.DataFolder}. This package does not decide
 * which files there are.
 */
@org.springframework.modulith.NamedInterface("files")
@NullMarked
package dev.reserva.platform.files;

import org.jspecify.annotations.NullMarked;
