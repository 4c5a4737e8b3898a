package dev.watchparty.it;

import dev.watchparty.it.testing.OnTwoNodes;

/** Rooms that belong to people, with clients on two nodes. */
@OnTwoNodes
class HostsOnTwoNodesTest extends HostsTest {}
