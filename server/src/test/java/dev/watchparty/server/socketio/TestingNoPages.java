package dev.watchparty.server.socketio;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Replaces the pages in a test that requests none. */
@Sharable
public final class TestingNoPages extends ChannelInboundHandlerAdapter {}
