package dev.yumen.authentication;

import dev.yumen.exchange.Reason;
import dev.yumen.exchange.Refusal;
import dev.yumen.exchange.Refused;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys an issuer publishes as a JSON Web Key Set (RFC 7517), fetched when they are
 * needed.
 *
 * <ul>
 *   <li>The first token fetches them; keys older than {@link #REFRESH} are fetched anew in the
 *       background, so that nobody waits and a withdrawn key is gone soon.
 *   <li>A key that is not among them fetches them at once, which is how a rotation is noticed.
 *   <li>There is one fetch at a time, and {@link #PAUSE} between two, whether they succeed or not:
 *       made-up key ids and an issuer that is down cause no more than that.
 *   <li>While the issuer is down, known keys stay in force up to {@link #USABLE} after they were
 *       fetched. A key that is not known then is not called wrong, because it may be new: the
 *       refusal is {@code CREDENTIAL_UNVERIFIABLE}, which callers retry.
 * </ul>
 *
 * <p>The key source of the JOSE library does much of this, but reads the system's clock, and with
 * outage tolerance it reports an unknown key alike whether the issuer was asked or not.
 */
public final class PublishedKeys implements SigningKeys {
  /** After this time the keys are fetched anew. */
  static final Duration REFRESH = Duration.ofMinutes(5);

  /** After this time without a successful fetch the keys are not used any more. */
  static final Duration USABLE = Duration.ofHours(1);

  /** The least time from the end of one fetch to the next. */
  static final Duration PAUSE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(PublishedKeys.class);
  private static final Set<String> ALGORITHMS =
      Set.of("RS256", "PS256", "ES256", "EdDSA", "Ed25519");

  /** Gets the document; a test and the door to the issuers implement it. */
  @FunctionalInterface
  public interface Download {
    /**
     * Returns the key set. Blocks the calling thread for a bounded time and returns a document of
     * bounded size.
     *
     * @throws IOException with a message for the operator, who reads it in the log
     */
    String get() throws IOException;
  }

  private final String issuer;
  private final Download download;
  private final Executor background;
  private final InstantSource clock;
  private final ReentrantLock starting = new ReentrantLock();

  private volatile @Nullable Fetched known;
  private volatile boolean failing;
  private volatile Instant nextFetch = Instant.MIN;
  private volatile CompletableFuture<@Nullable Void> fetch =
      CompletableFuture.completedFuture(null);

  /**
   * Creates the keys; nothing is fetched yet.
   *
   * @param issuer its name, for the log
   * @param background runs fetches, one at a time, each on a thread that may block
   * @param clock decides how old keys are
   */
  public PublishedKeys(String issuer, Download download, Executor background, InstantSource clock) {
    this.issuer = issuer;
    this.download = download;
    this.background = background;
    this.clock = clock;
  }

  @Override
  public Set<String> algorithms() {
    return ALGORITHMS;
  }

  @Override
  public VerificationKeys current(Instant now) throws Refused {
    var held = known;
    if (held == null || held.olderThan(USABLE, now)) {
      await(start(now));
      held = known;
      if (held == null || held.olderThan(USABLE, now)) {
        throw unverifiable(now);
      }
    } else if (held.olderThan(REFRESH, now) && !now.isBefore(nextFetch)) {
      var _ = start(now);
    }
    return held.keys();
  }

  @Override
  public VerificationKeys newerThan(VerificationKeys seen, Instant now) throws Refused {
    var held = known;
    if (held == null || held.keys() == seen) {
      await(start(now));
      held = known;
    }
    if (held == null || (held.keys() == seen && failing)) {
      throw unverifiable(now);
    }
    return held.keys();
  }

  /** Returns the running fetch; starts one when none runs and the pause is over. */
  private CompletableFuture<@Nullable Void> start(Instant now) {
    starting.lock();
    try {
      if (!fetch.isDone() || now.isBefore(nextFetch)) {
        return fetch;
      }
      var started = new CompletableFuture<@Nullable Void>();
      fetch = started;
      nextFetch = now.plus(PAUSE);
      try {
        background.execute(() -> run(started));
      } catch (RejectedExecutionException e) {
        failed("the gateway is shutting down");
        started.complete(null);
      }
      return started;
    } finally {
      starting.unlock();
    }
  }

  private void run(CompletableFuture<@Nullable Void> started) {
    try {
      succeeded(download.get());
    } catch (IOException | ParseException | RuntimeException e) {
      failed(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    } finally {
      nextFetch = clock.instant().plus(PAUSE);
      started.complete(null);
    }
  }

  private void succeeded(String document) throws ParseException {
    var held = known;
    var keys =
        held != null && held.document().equals(document)
            ? held.keys()
            : VerificationKeys.parse(document);
    known = new Fetched(document, keys, clock.instant());
    if (failing || held == null || held.keys() != keys) {
      LOG.info("{} keys of {} are in force", keys.size(), issuer);
    }
    failing = false;
  }

  private void failed(String why) {
    if (!failing) {
      LOG.warn(
          "The keys of {} cannot be fetched: {}. Known ones stay in force for {} minutes.",
          issuer,
          why,
          USABLE.toMinutes());
    }
    failing = true;
  }

  private void await(CompletableFuture<@Nullable Void> running) throws Refused {
    try {
      running.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unverifiable(clock.instant());
    } catch (ExecutionException e) {
      throw new IllegalStateException("a fetch never fails", e);
    }
  }

  private Refused unverifiable(Instant now) {
    var seconds = Math.clamp(Duration.between(now, nextFetch).toSeconds(), 1, PAUSE.toSeconds());
    return new Refused(
        new Refusal(
            Reason.CREDENTIAL_UNVERIFIABLE,
            "The keys of this token's issuer cannot be fetched at the moment. Try again.",
            Math.toIntExact(seconds)));
  }

  /** The keys with the document they were read from. */
  private record Fetched(String document, VerificationKeys keys, Instant at) {

    boolean olderThan(Duration age, Instant now) {
      return now.isAfter(at.plus(age));
    }
  }
}
