package dev.yumen.exchange;

/**
 * Where a prompt may go: proof that routing allowed it. Constructed only in {@code
 * dev.yumen.routing}.
 */
public record Route(Provider provider) {}
