package dev.watchparty.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A Node process that runs one of the scripts in {@code src/test/js}. It is controlled by lines of JSON: commands go
 * in, and the reports of its objects and the requests to its networks come out. One process serves all tests of this
 * JVM, and ends with it, since its input ends.
 */
final class NodeBridge {
    static final Path SCRIPTS = Path.of("src/test/js").toAbsolutePath();

    private final AtomicLong ids = new AtomicLong();
    private final Map<String, Consumer<JsonNode>> listeners = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
    private final TestingNetworks networks = new TestingNetworks();
    private final String script;
    private final Process process;
    private final Writer commands;

    NodeBridge(String script, Map<String, String> environment) {
        this.script = script;
        try {
            ProcessBuilder builder = new ProcessBuilder("node", script)
                    .directory(SCRIPTS.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("node cannot be started (expected: Node 20 or later on the path)", e);
        }
        commands = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "node-" + script);
        reader.setDaemon(true);
        reader.start();
    }

    /** A name that no other object of the process has. */
    String newId() {
        return "o" + ids.incrementAndGet();
    }

    /** Listens to all reports of the object with that name. */
    void listen(String id, Consumer<JsonNode> listener) {
        listeners.put(id, listener);
    }

    /** Sends a command without waiting. */
    void send(Map<String, ?> command) {
        try {
            synchronized (commands) {
                commands.write(Json.text(command));
                commands.write('\n');
                commands.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(script + " has ended", e);
        }
    }

    /** Sends a command; its result comes later. */
    CompletableFuture<JsonNode> callLater(String id, String operation, Map<String, ?> arguments) {
        String call = newId();
        CompletableFuture<JsonNode> result = new CompletableFuture<>();
        calls.put(call, result);
        Map<String, Object> command = new HashMap<>(arguments);
        command.put("id", id);
        command.put("op", operation);
        command.put("call", call);
        send(command);
        return result.whenComplete((answer, failure) -> calls.remove(call));
    }

    /** Sends a command and waits for its result. */
    JsonNode call(String id, String operation, Map<String, ?> arguments, long seconds) {
        CompletableFuture<JsonNode> result = callLater(id, operation, arguments);
        try {
            return result.get(seconds, TimeUnit.SECONDS);
        } catch (Exception e) {
            result.cancel(false);
            throw new AssertionError("%s: %s failed: %s".formatted(script, operation, e.getMessage()), e);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                handle(Json.parse(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            calls.values().forEach(call -> call.completeExceptionally(new IOException(script + " has ended")));
        }
    }

    private void handle(JsonNode message) {
        if (message.has("request")) {
            answer(message);
            return;
        }
        if (message.has("call")) {
            CompletableFuture<JsonNode> call = calls.get(message.path("call").textValue());
            if (call == null) {
                return;
            }
            if (message.has("error")) {
                call.completeExceptionally(
                        new AssertionError(message.path("error").textValue()));
            } else {
                call.complete(message.path("result"));
            }
            return;
        }
        Consumer<JsonNode> listener = listeners.get(message.path("id").textValue());
        if (listener != null) {
            listener.accept(message);
        }
    }

    private void answer(JsonNode request) {
        Map<String, Object> answer = new HashMap<>();
        answer.put("op", "answer");
        answer.put("request", request.path("request"));
        try {
            answer.put("result", networks.carryOut(request));
        } catch (RuntimeException e) {
            answer.put("error", e.toString());
        }
        send(answer);
    }

    void forget(String id) {
        listeners.remove(id);
    }
}
