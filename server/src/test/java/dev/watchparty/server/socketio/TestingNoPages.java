package dev.watchparty.server.socketio;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Stands where the pages stand, for a test that asks for none. */
@Sharable
public final class TestingNoPages extends ChannelInboundHandlerAdapter {}
