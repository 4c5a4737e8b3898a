package dev.watchparty.it;

import static dev.watchparty.it.testing.TestingParty.OTHER_VIDEO;
import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.CreatedRoom;
import dev.watchparty.it.testing.Json;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.TestingOriginalPage;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingRawWebSocket;
import dev.watchparty.it.testing.TestingSocketClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rooms that belong to people: identities, hosts and what hosts may do, with real clients. */
class HostsTest {
    private static final Map<String, Object> HOSTS_ONLY = Map.of("steering", "hosts");
    private static final Map<String, Object> LOCK = Map.of("locked", true);

    @RegisterExtension
    final TestingParty party = new TestingParty();

    private TestingSocketClient join(String name, Map<String, Object> auth) {
        return party.join(ClientKind.JS_WEBSOCKET, name, auth);
    }

    /** The latest that it has been told; to be called once for a client. */
    private static JsonNode identity(TestingSocketClient client) {
        JsonNode first = client.await("session:identity");
        client.settle();
        List<JsonNode> later = client.unawaited("session:identity");
        return later.isEmpty() ? first : later.get(later.size() - 1);
    }

    private static void assertAllowed(TestingSocketClient client, String event, Object payload) {
        assertThat(client.ask(event, payload)).isEmpty();
    }

    private static void assertRefused(TestingSocketClient client, String event, Object payload, String code) {
        JsonNode error = client.ask(event, payload).path(0).path("error");
        assertThat(error.path("code").textValue()).isEqualTo(code);
        assertThat(error.path("event").textValue()).isEqualTo(event);
        assertThat(error.path("message").textValue()).isNotBlank();
    }

    private void assertTurnedAway(Map<String, Object> auth, String code) {
        TestingSocketClient client = party.open(ClientKind.JS_UPGRADE, "turned away", auth);
        assertThat(client.await("session:error").path("code").textValue()).isEqualTo(code);
        client.await(ReceivedEvent.DISCONNECTED);
        assertThat(client.unawaited("session:init")).isEmpty();
    }

    private static boolean isNamed(JsonNode joined, String name) {
        return joined.path("user").path("username").textValue().equals(name);
    }

    /** Since it forgot what it had heard. */
    private static void assertHeardNothing(TestingSocketClient client) {
        assertThat(List.of(
                        "session:init",
                        "session:userJoined",
                        "session:userLeft",
                        "session:videoChange",
                        "session:play",
                        "session:pause",
                        "session:seek",
                        "session:sync",
                        "session:error",
                        "room:info"))
                .allSatisfy(
                        event -> assertThat(client.unawaited(event)).as(event).isEmpty());
    }

    private static Map<String, Object> participant(JsonNode identity) {
        return Map.of("participantId", identity.path("participantId").textValue());
    }

    @Test
    void creatorIsHostAndItsDecisionsAreToldToAllOfItsGeneration() {
        CreatedRoom room = party.createRoom(Map.of("title", "Friday"));
        TestingSocketClient host = party.connect(ClientKind.JS_UPGRADE, "Hanna", room.host());
        assertThat(identity(host).path("participantId").textValue()).isEqualTo(room.participantId());
        JsonNode info = host.await("session:init").path("roomInfo");
        assertThat(info.path("owned").booleanValue()).isTrue();
        assertThat(info.path("title").textValue()).isEqualTo("Friday");
        assertThat(info.path("hosts")).hasSize(1);
        assertThat(info.path("hosts").path(0).textValue()).isEqualTo(room.participantId());
        host.emit("session:join", Map.of("username", "Hanna"));
        TestingSocketClient guest = join("Gus", room.guest());

        assertAllowed(host, "room:update", Map.of("title", "Saturday", "steering", "hosts", "locked", true));

        JsonNode told = guest.await("room:info");
        assertThat(told.path("title").textValue()).isEqualTo("Saturday");
        assertThat(told.path("steering").textValue()).isEqualTo("hosts");
        assertThat(told.path("locked").booleanValue()).isTrue();
        assertThat(told.path("hasPassword").booleanValue()).isFalse();
        assertThat(told.path("changedBy").textValue()).isEqualTo("Hanna");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "room:update | {\"locked\":true}",
                "room:update | {\"password\":\"mine now\"}",
                "room:update | {\"password\":null}",
                "room:addHost | {\"participantId\":\"GUEST\"}",
                "room:removeHost | {\"participantId\":\"HOST\"}",
                "room:kick | {\"participantId\":\"HOST\"}",
                "room:close | {}"
            })
    void guestWhoSendsCommandsOfHostsIsRefusedInWordsAndNobodyHearsOfIt(String event, String payload) {
        CreatedRoom room = party.createRoom(Map.of());
        TestingSocketClient host = join("Hanna", room.host());
        TestingSocketClient guest = join("Gus", room.guest());
        String id = identity(guest).path("participantId").textValue();
        host.await("session:userJoined");
        host.settle();
        host.forget();

        JsonNode request = Json.parse(payload.replace("GUEST", id).replace("HOST", room.participantId()));
        assertRefused(guest, event, request, "NOT_ALLOWED");
        host.settle();
        assertHeardNothing(host);
        assertAllowed(host, "room:update", LOCK);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "room:update | {}",
                "room:update | {\"locked\":\"yes\"}",
                "room:update | {\"steering\":\"me\"}",
                "room:update | {\"title\":5}",
                "room:update | {\"password\":\"\"}",
                "room:update | {\"password\":5}",
                "room:kick | {}",
                "room:kick | {\"participantId\":\"short\"}",
                "room:addHost | {\"participantId\":{\"a\":1}}",
                "room:removeHost | {\"participantId\":null}"
            })
    void malformedRequestOfAHostIsRefusedInWords(String event, String payload) {
        CreatedRoom room = party.createRoom(Map.of());
        TestingSocketClient host = join("Hanna", room.host());

        assertRefused(host, event, Json.parse(payload), "INVALID_PAYLOAD");
        assertAllowed(host, "room:update", LOCK);
    }

    @Test
    void tabsWithOneTokenAreOnePersonWithOneNamePlaceAndRole() {
        CreatedRoom room = party.createRoom(Map.of());
        TestingSocketClient guest = join("Gus", room.guest());
        String token = identity(guest).path("token").textValue();
        TestingSocketClient host = join("Hanna", room.host());
        TestingSocketClient tab = party.connect(ClientKind.JS_POLLING, "Gus", room.with(token));
        assertThat(identity(tab).path("participantId").textValue()).isEqualTo(guest.id());
        tab.await("session:init");
        tab.emit("session:join", Map.of("username", "Gus"));

        JsonNode joined = host.await("session:userJoined").path("user");
        assertThat(joined.path("participantId").textValue()).isEqualTo(guest.id());
        JsonNode users = tab.await("session:init", init -> init.path("users").has(tab.id()))
                .path("users");
        assertThat(users).hasSize(3);
        assertThat(users.path(tab.id()).path("joinedAt").longValue())
                .isEqualTo(users.path(guest.id()).path("joinedAt").longValue());
        assertThat(users.path(guest.id()).has("participantId")).isFalse();

        assertAllowed(host, "room:addHost", Map.of("participantId", guest.id()));
        assertAllowed(tab, "room:update", LOCK);
    }

    @Test
    void tokenThatIsForgedForeignOrOfAnotherRoomMakesANewPerson() {
        CreatedRoom room = party.createRoom(Map.of());
        CreatedRoom other = party.createRoom(Map.of());
        String forged = room.token().substring(0, room.token().length() - 2) + "AA";
        for (String token : List.of(other.token(), forged, "", "nonsense", "x".repeat(5000))) {
            TestingSocketClient mallory = join("Mallory", room.with(token));
            assertThat(identity(mallory).path("participantId").textValue()).isEqualTo(mallory.id());
            assertRefused(mallory, "room:update", LOCK, "NOT_ALLOWED");
            mallory.disconnect();
        }
    }

    @Test
    void lockedRoomKeepsStrangersOutAndTakesItsPeopleBack() {
        CreatedRoom room = party.createRoom(Map.of());
        TestingSocketClient host = join("Hanna", room.host());
        TestingSocketClient guest = join("Gus", room.guest());
        String token = identity(guest).path("token").textValue();
        assertAllowed(host, "room:update", LOCK);

        assertTurnedAway(room.guest(), "ROOM_LOCKED");
        assertTurnedAway(Map.of("room", room.room()), "ROOM_LOCKED");
        join("Gus", room.with(token));
        guest.dropConnection();
        guest.await(ReceivedEvent.DISCONNECTED);
        guest.await("session:init");
        assertAllowed(host, "room:update", Map.of("locked", false));
        join("Zoe", room.guest());
    }

    /** A page that is loaded again closes its connection before it opens another. */
    @Test
    void reloadKeepsThePlaceAndPassesALockAndAPasswordAndNobodyHearsOfALeave() {
        CreatedRoom room = party.createRoom(Map.of());
        TestingSocketClient host = join("Hanna", room.host());
        String token;
        long joinedAt;
        String id;
        try (TestingRawWebSocket guest = TestingRawWebSocket.open(party.door())) {
            guest.sendText("40" + Json.text(room.guest()));
            JsonNode identity = Json.parse(guest.awaitText(text -> text.contains("session:identity"))
                            .substring(2))
                    .path(1);
            token = identity.path("token").textValue();
            id = identity.path("participantId").textValue();
            guest.sendText("42[\"session:join\",{\"username\":\"Gus\"}]");
            joinedAt = host.await("session:userJoined")
                    .path("user")
                    .path("joinedAt")
                    .longValue();
            assertAllowed(host, "room:update", Map.of("locked", true, "password", "open sesame"));
            guest.sendFrame(TestingRawWebSocket.CLOSE, new byte[] {0x03, (byte) 0xE9}); // 1001, as pages send
            guest.awaitClosed();
        }
        TestingSocketClient reloaded = join("Gus", room.with(token));

        JsonNode user = host.await("session:userJoined").path("user");
        assertThat(user.path("participantId").textValue()).isEqualTo(id);
        assertThat(user.path("joinedAt").longValue()).isEqualTo(joinedAt);
        assertThat(host.await("session:userLeft").path("socketId").textValue()).isEqualTo(id);
        assertAllowed(host, "room:kick", Map.of("participantId", id));
        reloaded.await(ReceivedEvent.DISCONNECTED);
        assertTurnedAway(room.with(token), "KICKED");
    }

    @Test
    void personWhoWasTurnedAwayGetsNoToken() {
        CreatedRoom room = party.createRoom(Map.of("password", "open sesame"));
        TestingSocketClient stranger = party.open(ClientKind.JS_WEBSOCKET, "stranger", room.guest());
        stranger.await(ReceivedEvent.DISCONNECTED);

        assertThat(stranger.unawaited("session:identity")).isEmpty();
    }

    @Test
    void passwordIsAskedOfStrangersOnly() {
        CreatedRoom room = party.createRoom(Map.of("password", "open sesame"));

        assertTurnedAway(room.guest(), "PASSWORD_REQUIRED");
        assertTurnedAway(room.guestKnowing("open"), "WRONG_PASSWORD");
        TestingSocketClient host = join("Hanna", room.host());
        TestingSocketClient guest = join("Gus", room.guestKnowing("open sesame"));
        join("Gus", room.with(identity(guest).path("token").textValue()));
        assertAllowed(host, "room:update", Map.of("password", "another"));
        assertThat(guest.await("room:info").path("hasPassword").booleanValue()).isTrue();
        assertTurnedAway(room.guestKnowing("open sesame"), "WRONG_PASSWORD");
        join("Zoe", room.guestKnowing("another"));
    }

    @Test
    void kickedPersonIsToldWhyAndStaysOutInEveryTab() {
        CreatedRoom room = party.createRoom(Map.of());
        TestingSocketClient host = join("Hanna", room.host());
        TestingSocketClient guest = join("Mallory", room.guest());
        JsonNode identity = identity(guest);
        TestingSocketClient tab =
                join("Mallory", room.with(identity.path("token").textValue()));

        assertAllowed(host, "room:kick", participant(identity));

        for (TestingSocketClient gone : List.of(guest, tab)) {
            JsonNode error = gone.await("session:error");
            assertThat(error.path("code").textValue()).isEqualTo("KICKED");
            assertThat(error.path("event").textValue()).isEqualTo("room:kick");
            gone.await(ReceivedEvent.DISCONNECTED);
            host.await("session:userLeft");
        }
        assertTurnedAway(room.with(identity.path("token").textValue()), "KICKED");
        assertTurnedAway(room.guest(), "KICKED"); // from the same address
        join("Hanna", room.host());
    }

    /** It may be the same person as somebody else, and no host sees it; those who have joined are people of their own. */
    @Test
    void kickSendsAwayThoseOfTheAddressWhoHaveNotJoined() {
        CreatedRoom room = party.createRoom(Map.of());
        TestingSocketClient host = join("Hanna", room.host());
        TestingSocketClient guest = join("Mallory", room.guest());
        TestingSocketClient neighbour = join("Nora", room.guest());
        TestingSocketClient lurker = party.connect(ClientKind.JS_UPGRADE, "nobody yet", room.guest());
        String token = identity(lurker).path("token").textValue();
        TestingSocketClient tab = party.connect(ClientKind.JS_WEBSOCKET, "nobody yet", room.with(token));
        tab.await("session:init");

        assertAllowed(host, "room:kick", participant(identity(guest)));

        for (TestingSocketClient gone : List.of(guest, lurker, tab)) {
            JsonNode error = gone.await("session:error");
            assertThat(error.path("code").textValue()).isEqualTo("KICKED");
            assertThat(error.path("event").textValue()).isEqualTo("room:kick");
            gone.await(ReceivedEvent.DISCONNECTED);
        }
        assertTurnedAway(room.with(token), "KICKED");
        neighbour.emit("session:join", Map.of("username", "Norah"));
        while (!isNamed(host.await("session:userJoined"), "Norah")) {
            assertThat(neighbour.unawaited("session:error")).isEmpty();
        }
    }

    @Test
    void personWhoHasJoinedBeforeComesBackToABannedAddressByItsToken() {
        CreatedRoom room = party.createRoom(Map.of());
        TestingSocketClient host = join("Hanna", room.host());
        TestingSocketClient guest = join("Mallory", room.guest());
        TestingSocketClient neighbour = join("Nora", room.guest());
        neighbour.await("session:identity"); // at the door, before it has joined
        String token = neighbour.await("session:identity").path("token").textValue();
        neighbour.disconnect();
        host.await("session:userLeft");
        assertAllowed(host, "room:kick", participant(identity(guest)));
        guest.await(ReceivedEvent.DISCONNECTED);
        host.settle();
        host.forget();

        join("Nora", room.with(token));

        assertThat(isNamed(host.await("session:userJoined"), "Nora")).isTrue();
        assertTurnedAway(room.guest(), "KICKED");
    }

    /** A ticket proves that the socket was there, but not that a host has seen it. */
    @Test
    void socketThatHasNotJoinedDoesNotComeBackToABannedAddress() {
        CreatedRoom room = party.createRoom(Map.of());
        TestingSocketClient host = join("Hanna", room.host());
        TestingSocketClient guest = join("Mallory", room.guest());
        String pid = ticketOfALostSocket(room.guest());
        assertAllowed(host, "room:kick", participant(identity(guest)));
        guest.await(ReceivedEvent.DISCONNECTED);

        assertKickedOnReturn(room, pid);
    }

    /** Its other socket is lost, and may come back by its ticket alone; it is the same person all the same. */
    @Test
    void kickedPersonCannotComeBackAsALostSocketOfItsOwn() {
        CreatedRoom room = party.createRoom(Map.of());
        TestingSocketClient host = join("Hanna", room.host());
        TestingSocketClient guest = join("Mallory", room.guest());
        JsonNode identity = identity(guest);
        String pid = ticketOfALostSocket(room.with(identity.path("token").textValue()));
        assertAllowed(host, "room:kick", participant(identity));
        guest.await(ReceivedEvent.DISCONNECTED);

        assertKickedOnReturn(room, pid);
    }

    /** Lets a socket enter and be lost. */
    private String ticketOfALostSocket(Map<String, Object> auth) {
        try (TestingRawWebSocket socket = TestingRawWebSocket.open(party.door())) {
            socket.sendText("40" + Json.text(auth));
            String pid = Json.parse(
                            socket.awaitText(text -> text.startsWith("40{")).substring(2))
                    .path("pid")
                    .textValue();
            socket.awaitText(text -> text.contains("session:init"));
            return pid;
        }
    }

    private void assertKickedOnReturn(CreatedRoom room, String pid) {
        Map<String, Object> auth = new HashMap<>(room.guest());
        auth.put("pid", pid);
        auth.put("offset", "");
        try (TestingRawWebSocket back = TestingRawWebSocket.open(party.door())) {
            back.sendText("40" + Json.text(auth));
            assertThat(back.awaitText(text -> text.contains("session:error") || text.contains("session:init")))
                    .contains("KICKED");
        }
    }

    /** A token that was given at the door, before a name, proves nothing. */
    @Test
    void lockKeepsOutThoseWhoHaveNeverJoined() {
        CreatedRoom room = party.createRoom(Map.of());
        TestingSocketClient host = join("Hanna", room.host());
        TestingSocketClient lurker = party.connect(ClientKind.JS_WEBSOCKET, "Lurker", room.guest());
        String token = identity(lurker).path("token").textValue();
        lurker.disconnect();
        assertAllowed(host, "room:update", LOCK);

        assertTurnedAway(room.with(token), "ROOM_LOCKED");
    }

    @Test
    void closedRoomSendsEverybodyAwayAndLetsNobodyIn() {
        CreatedRoom room = party.createRoom(Map.of());
        TestingSocketClient host = join("Hanna", room.host());
        TestingSocketClient guest = join("Gus", room.guest());

        host.emit("room:close", Map.of());

        assertThat(guest.await("session:error").path("code").textValue()).isEqualTo("ROOM_CLOSED");
        guest.await(ReceivedEvent.DISCONNECTED);
        host.await(ReceivedEvent.DISCONNECTED);
        assertTurnedAway(room.guest(), "ROOM_CLOSED");
        assertTurnedAway(room.host(), "ROOM_CLOSED");
    }

    @Test
    void guestDoesNotSteerARoomOfHosts() {
        CreatedRoom room = party.createRoom(Map.of());
        TestingSocketClient host = join("Hanna", room.host());
        TestingSocketClient guest = join("Gus", room.guest());
        TestingSocketClient witness = join("Witness", room.guest());
        host.emit("session:changeVideo", Map.of("videoId", VIDEO));
        assertAllowed(host, "room:update", HOSTS_ONLY);
        host.await("session:userJoined", joined -> isNamed(joined, "Witness"));
        witness.await("room:info");
        witness.settle();
        witness.forget();

        assertRefused(guest, "session:play", Map.of("time", 5), "NOT_ALLOWED");
        assertThat(guest.await("session:pause").path("time").doubleValue()).isZero();
        assertRefused(guest, "session:changeVideo", Map.of("videoId", OTHER_VIDEO), "NOT_ALLOWED");
        assertRefused(guest, "session:seek", Map.of("time", 50), "NOT_ALLOWED");
        witness.settle();
        assertHeardNothing(witness);

        assertAllowed(host, "session:play", Map.of("time", 5));
        witness.await("session:play");
    }

    @Test
    void roleIsHandedOver() {
        CreatedRoom room = party.createRoom(Map.of());
        TestingSocketClient host = join("Hanna", room.host());
        TestingSocketClient guest = join("Gus", room.guest());

        assertAllowed(host, "room:addHost", participant(identity(guest)));
        assertRefused(guest, "room:removeHost", Map.of("participantId", room.participantId()), "NOT_ALLOWED");
        assertAllowed(host, "room:removeHost", Map.of("participantId", room.participantId()));
        assertRefused(host, "room:update", LOCK, "NOT_ALLOWED");
        assertRefused(guest, "room:removeHost", Map.of("participantId", guest.id()), "NOT_ALLOWED");
        assertAllowed(guest, "room:update", LOCK);
    }

    @Test
    void titleAndNamesOfHostsAreCleaned() {
        CreatedRoom room = party.createRoom(Map.of("title", "<b>\u202eevil</b>\u0000 " + "x".repeat(200)));
        TestingSocketClient host = join("<i>Hanna\u202e</i>", room.host());

        assertAllowed(host, "room:update", Map.of("title", "\u2066<script>alert(1)</script>"));
        JsonNode info = host.await("room:info");
        assertThat(info.path("title").textValue()).isEqualTo("scriptalert(1)/script");
        assertThat(info.path("changedBy").textValue()).isEqualTo("iHanna/i");
    }

    @Test
    void nothingOfOneRoomReachesAnotherWhateverASenderForges() {
        CreatedRoom room = party.createRoom(Map.of());
        CreatedRoom other = party.createRoom(Map.of());
        TestingSocketClient host = join("Hanna", room.host());
        TestingSocketClient stranger = join("Stranger", other.host());
        TestingSocketClient original = party.join(ClientKind.JS_UPGRADE, "Original");
        stranger.settle();
        stranger.forget();
        original.settle();
        original.forget();

        Map<String, Object> forged = Map.of(
                "room",
                other.room(),
                "roomId",
                other.room(),
                "videoId",
                VIDEO,
                "time",
                3,
                "locked",
                true,
                "username",
                "Mallory",
                "participantId",
                other.participantId());
        for (String event : List.of(
                "session:join",
                "session:changeVideo",
                "session:play",
                "session:seek",
                "session:pause",
                "room:update",
                "room:addHost",
                "room:kick",
                "room:removeHost")) {
            host.ask(event, forged);
        }
        stranger.settle();
        original.settle();
        assertHeardNothing(stranger);
        assertHeardNothing(original);
    }

    @Test
    void longListIsToldInPartsAndCanBeSearched() {
        party.start(Map.of("watchparty.rooms.max-listed", 3));
        List<TestingSocketClient> crowd = new ArrayList<>();
        for (String name : List.of("Ann", "Bob", "Cid", "Dän", "Eve")) {
            crowd.add(party.join(ClientKind.JS_WEBSOCKET, name, Map.of("generation", 3)));
        }
        TestingSocketClient last = crowd.get(4);

        JsonNode init = party.connect(ClientKind.JS_UPGRADE, "reader", Map.of("generation", 3))
                .await("session:init");
        assertThat(init.path("users")).hasSize(3);
        assertThat(init.path("userCount").intValue()).isEqualTo(5);
        assertThat(party.snapshot().path("users")).hasSize(3);
        assertThat(party.snapshot().has("userCount")).isFalse();

        assertThat(names(last.ask("room:people", Map.of()))).containsExactly("Ann", "Bob", "Cid", "Dän", "Eve");
        assertThat(names(last.ask("room:people", Map.of("offset", 3)))).containsExactly("Dän", "Eve");
        assertThat(names(last.ask("room:people", Map.of("search", "DA\u0308")))).containsExactly("Dän");
        assertThat(last.ask("room:people", Map.of("offset", 99))
                        .path(0)
                        .path("total")
                        .intValue())
                .isEqualTo(5);
        for (Object wrong : List.of(
                Map.of("offset", -1), Map.of("offset", 0.5), Map.of("search", 1), Map.of("search", "x".repeat(101)))) {
            assertRefused(last, "room:people", wrong, "INVALID_PAYLOAD");
        }
    }

    private static List<String> names(JsonNode answer) {
        List<String> names = new ArrayList<>();
        answer.path(0)
                .path("people")
                .forEach(person -> names.add(person.path("username").textValue()));
        return names;
    }

    /** Also when the list is cut: a page that does not find itself in the list cannot work. */
    @Test
    void originalPageFindsItselfInALongList() {
        party.start(Map.of("watchparty.rooms.max-listed", 2));
        party.join(ClientKind.JS_WEBSOCKET, "Ann");
        party.join(ClientKind.JS_WEBSOCKET, "Bob");
        party.join(ClientKind.JS_WEBSOCKET, "Cid");
        TestingOriginalPage page = party.joinOriginalPage("Dora");

        page.await("lists itself", look -> look.path("users").toString().contains("Dora"));
        page.dropConnection();
        page.await(
                "lists itself again",
                look -> look.path("connected").booleanValue()
                        && look.path("users").toString().contains("Dora"));
    }

    @Test
    void originalPageSeesItsContractInARoomOfHostsAndIsSetRight() {
        CreatedRoom room = party.createRoom(Map.of());
        TestingSocketClient host = join("Hanna", room.host());
        TestingOriginalPage page = party.joinOriginalPage("Ann", room);
        TestingSocketClient raw = party.join(ClientKind.JS_UPGRADE, "Raw", Map.of("room", room.room()));
        host.emit("session:changeVideo", Map.of("videoId", VIDEO));
        assertAllowed(host, "room:update", HOSTS_ONLY);
        assertAllowed(host, "session:pause", Map.of("time", 30));
        page.await("shows the video", look -> look.path("videoId").textValue().equals(VIDEO));
        page.awaitPlayer(TestingOriginalPage.PAUSED);
        host.settle();
        host.forget();

        page.play();

        page.awaitPlayer(TestingOriginalPage.PAUSED);
        page.await("is connected still", look -> look.path("connected").booleanValue());
        assertAllowed(host, "room:update", LOCK);
        host.settle();
        assertThat(host.unawaited("session:play")).isEmpty();
        assertAllowed(host, "session:play", Map.of("time", 60));
        page.awaitPlayer(TestingOriginalPage.PLAYING);

        raw.settle();
        assertThat(raw.received())
                .extracting(ReceivedEvent::name)
                .doesNotContain("room:info", "session:identity", "session:error");
        assertThat(raw.received().toString()).contains("Hanna").doesNotContain(room.participantId());
        assertThat(raw.received())
                .filteredOn(event -> event.name().equals("session:init"))
                .allSatisfy(event -> assertThat(event.payload().has("roomInfo")).isFalse());
    }
}
