package dev.reserva.postgres;

import java.nio.file.Path;

/**
 * How a program works in a database.
 *
 * @param url such as {@code jdbc:postgresql://127.0.0.1:5432/reserva}
 * @param user the role to work as; no superuser
 * @param passwordFile the file with its password, which only its owner can read
 */
public record DatabaseLogin(String url, String user, Path passwordFile) {}
