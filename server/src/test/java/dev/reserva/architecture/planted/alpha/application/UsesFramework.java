package dev.reserva.architecture.planted.alpha.application;

import org.springframework.jdbc.core.simple.JdbcClient;

/** A use case must not know a framework. */
record UsesFramework(JdbcClient sql) {}
