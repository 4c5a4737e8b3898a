/**
 * Order and time on Netty's event loops: a {@link dev.watchparty.server.eventloop.Mailbox} runs the tasks of one client
 * one at a time, a {@link dev.watchparty.server.eventloop.TimerWheel} holds the timers of all clients of a loop, and
 * {@link dev.watchparty.server.eventloop.OutOfMemory} receives every task's lack of memory. A {@link
 * dev.watchparty.server.eventloop.Window} gathers what follows each other closely. It knows no protocol. Imported by
 * {@code engineio}, {@code socketio}, {@code broadcast} and {@code session.redis}.
 *
 * <p>Start reading at {@code Mailbox}.
 */
package dev.watchparty.server.eventloop;
