package dev.watchparty.it;

import dev.watchparty.it.testing.OnTwoNodes;

/** How people are, with clients on two nodes. */
@OnTwoNodes
class StatesOnTwoNodesTest extends StatesTest {}
