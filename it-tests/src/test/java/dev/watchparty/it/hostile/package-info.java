/**
 * Clients of ill will at the packaged server, in a process of its own with little memory and Netty's paranoid leak
 * detection, while a party goes on: it must notice nothing, and nothing may be left behind. Start with {@code
 * TestingBystander}.
 */
package dev.watchparty.it.hostile;
