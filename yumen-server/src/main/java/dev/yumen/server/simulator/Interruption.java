package dev.yumen.server.simulator;

/**
 * Breaks an answer off.
 *
 * @param events how many events of a stream are sent before
 * @param ending an error, a cut or an early end
 */
record Interruption(int events, Step ending) {}
