package org.maraudersmap.server.platform.web;

import io.netty.channel.ChannelHandler;

/**
 * Puts a handler into the pipeline of every connection, behind the HTTP codec and before the routes: whatever it does
 * not take goes on to them. Make it a Spring bean.
 */
public interface ChannelHandlerSource {

    /** Names the handler in the pipeline. */
    String handlerName();

    /** A handler for a new connection; called on its event loop. */
    ChannelHandler createHandlerForChannel();
}
