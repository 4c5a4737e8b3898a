package dev.watchparty.server.http;

import static java.util.Objects.requireNonNull;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers 200 {@code ready}, or 503 and the reason why not. However many clients ask, one check runs at a time. */
final class ReadinessEndpoint implements Endpoint {
    private static final Logger log = LoggerFactory.getLogger(ReadinessEndpoint.class);

    private final Readiness readiness;
    private final Duration timeout;
    private final AtomicReference<Check> latest = new AtomicReference<>();

    ReadinessEndpoint(Readiness readiness, Duration timeout) {
        this.readiness = requireNonNull(readiness, "readiness is null");
        this.timeout = requireNonNull(timeout, "timeout is null");
    }

    @Override
    public CompletionStage<FullHttpResponse> answer(HttpRequest request) {
        return check().thenApply(reason -> reason.map(
                        text -> Responses.text(HttpResponseStatus.SERVICE_UNAVAILABLE, "not ready: " + text))
                .orElseGet(() -> Responses.text(HttpResponseStatus.OK, "ready")));
    }

    private CompletableFuture<Optional<String>> check() {
        Check running = latest.get();
        if (running != null && !running.finished().isDone()) {
            return running.answer();
        }
        Check check = Check.within(timeout);
        if (!latest.compareAndSet(running, check)) {
            return latest.get().answer();
        }
        start(check.finished());
        return check.answer();
    }

    private void start(CompletableFuture<Optional<String>> finished) {
        try {
            readiness.check().whenComplete((reason, failure) -> {
                if (failure == null) {
                    finished.complete(reason);
                } else {
                    finished.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException failure) {
            finished.completeExceptionally(failure);
        }
    }

    /**
     * @param finished the result of the check itself, however late
     * @param answer the same result in words, or a timeout if that comes first
     */
    private record Check(CompletableFuture<Optional<String>> finished, CompletableFuture<Optional<String>> answer) {
        static Check within(Duration timeout) {
            CompletableFuture<Optional<String>> finished = new CompletableFuture<>();
            Optional<String> late = Optional.of("no answer within %d ms".formatted(timeout.toMillis()));
            return new Check(
                    finished,
                    finished.exceptionally(Check::failed)
                            .completeOnTimeout(late, timeout.toMillis(), TimeUnit.MILLISECONDS));
        }

        private static Optional<String> failed(Throwable failure) {
            log.atWarn().setCause(failure).log("A readiness check failed");
            return Optional.of("a check failed");
        }
    }
}
