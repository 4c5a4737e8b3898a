package dev.watchparty.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;

/**
 * A room that a test has created by the request of the home page.
 *
 * @param participantId of its host
 * @param token of its host
 */
public record CreatedRoom(String room, String participantId, String token) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static CreatedRoom create(URI server, Map<String, ?> wishes) {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/rooms"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.text(wishes)))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 201) {
                throw new AssertionError(
                        "the room was not created: %d %s".formatted(response.statusCode(), response.body()));
            }
            JsonNode created = Json.parse(response.body());
            return new CreatedRoom(
                    created.path("room").textValue(),
                    created.path("participantId").textValue(),
                    created.path("token").textValue());
        } catch (IOException e) {
            throw new AssertionError("the room was not created", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the room was not created", e);
        }
    }

    /** The handshake of a new guest of the third generation. */
    public Map<String, Object> guest() {
        return Map.of("room", room, "generation", 3);
    }

    /** The handshake of a client with a token. */
    public Map<String, Object> with(String identity) {
        Map<String, Object> auth = new HashMap<>(guest());
        auth.put("identity", identity);
        return auth;
    }

    /** The handshake of its host. */
    public Map<String, Object> host() {
        return with(token);
    }

    /** The handshake of a new guest who types a password. */
    public Map<String, Object> guestKnowing(String password) {
        Map<String, Object> auth = new HashMap<>(guest());
        auth.put("password", password);
        return auth;
    }
}
