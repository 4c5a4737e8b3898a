package dev.watchparty.server.session.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.RoomState;
import dev.watchparty.server.session.SessionState;
import org.junit.jupiter.api.Test;

class RoomTest {
    private final Room room =
            new Room(RoomState.initial(new RoomId("film-night"), SessionState.initial(0, 1000)), 1000, event -> {});

    @Test
    void emptyRoomIsDroppedWhenItHasBeenIdleLongEnough() {
        assertThat(room.dropIfIdle(1999, 1000)).isFalse();
        assertThat(room.isDropped()).isFalse();

        assertThat(room.dropIfIdle(2000, 1000)).isTrue();
        assertThat(room.isDropped()).isTrue();
    }

    /** A sweep may still hold a room that its last visitor has dropped. */
    @Test
    void droppedRoomStaysDropped() {
        assertThat(room.dropIfIdle(1000, 0)).isTrue();

        assertThat(room.dropIfIdle(1000, 600_000)).isTrue();
        assertThat(room.isDropped()).isTrue();
    }
}
