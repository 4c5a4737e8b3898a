package dev.watchparty.server.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OutboxTest {
    private final Outbox outbox = new Outbox(600, QueuedOutput.UNBOUNDED);
    private final OutboundMessage message = OutboundMessage.of("4" + "x".repeat(400));

    @AfterEach
    void release() {
        outbox.close();
        assertThat(message.refCnt()).isEqualTo(1);
        message.release();
    }

    @Test
    void asksForOneFlushUntilItBegins() {
        assertThat(outbox.offer(message)).isEqualTo(Outbox.Offer.FLUSH_NEEDED);
        assertThat(outbox.offer(message)).isEqualTo(Outbox.Offer.QUEUED);

        outbox.flushing();

        outbox.poll().release();
        assertThat(outbox.offer(message)).isEqualTo(Outbox.Offer.FLUSH_NEEDED);
    }

    @Test
    void givesMessagesInOrderAndThenNone() {
        OutboundMessage other = OutboundMessage.of("4other");
        outbox.offer(message);
        outbox.offer(other);

        assertThat(outbox.poll()).isSameAs(message);
        assertThat(outbox.pollUpTo(other.length() - 1)).isNull();
        assertThat(outbox.pollUpTo(other.length())).isSameAs(other);
        assertThat(outbox.poll()).isNull();

        message.release();
        other.release();
        other.release();
        assertThat(other.refCnt()).isZero();
    }

    @Test
    void closesWhenTooMuchWaits() {
        outbox.offer(message);
        outbox.offer(message);

        assertThat(outbox.offer(message)).isEqualTo(Outbox.Offer.OVERFLOW);
        assertThat(outbox.offer(message)).isEqualTo(Outbox.Offer.REFUSED);
        assertThat(outbox.poll()).isNull();
    }

    @Test
    void skipsVolatileMessagesInstead() {
        outbox.offer(message);
        outbox.offer(message);

        assertThat(outbox.offerVolatile(message)).isEqualTo(Outbox.Offer.REFUSED);

        outbox.poll().release();
        assertThat(outbox.offerVolatile(message)).isEqualTo(Outbox.Offer.QUEUED);
    }

    @Test
    void takesOneMessageOfAnyLengthBesidesItsBound() {
        OutboundMessage longer = OutboundMessage.of("4" + "x".repeat(5000));

        assertThat(outbox.offer(message)).isEqualTo(Outbox.Offer.FLUSH_NEEDED);
        assertThat(outbox.offer(longer)).isEqualTo(Outbox.Offer.QUEUED);
        assertThat(outbox.offer(message)).isEqualTo(Outbox.Offer.OVERFLOW);

        assertThat(longer.refCnt()).isEqualTo(1);
        longer.release();
    }
}
