/**
 * The replay of a real shop's history through the HTTP API. It decides what each line of the files
 * is, and proves that no line is lost: the counts add up.
 *
 * <p>Start reading at {@link dev.reserva.cli.replay.Replay}. These need no server: {@code Line}
 * (what a line is), {@code HistoryFile} (reading), {@code Purchases} (what a return gives back),
 * {@code Tally} (counting). {@code Parcels} delivers orders and takes parts of them back.
 *
 * <p>The file format is that of: Daqing Chen, "Online Retail", UCI Machine Learning Repository,
 * 2015, doi 10.24432/C5BW33, licence CC BY 4.0.
 */
@NullMarked
package dev.reserva.cli.replay;

import org.jspecify.annotations.NullMarked;
