package dev.yumen.server.simulator;

/**
 * In what a behaviour finds itself.
 *
 * @param request what is asked
 * @param attempts how often the same was asked before
 * @param ids for blocks that refer to each other
 */
record Situation(MessageRequest request, Attempts attempts, Ids ids) {}
