/**
 * Hostile clients of the packaged server, which runs in a separate process with little memory and Netty's paranoid leak
 * detection, while a party continues. The party must notice nothing, and nothing may be left behind. Start with {@code
 * TestingBystander}.
 */
package dev.watchparty.it.hostile;
