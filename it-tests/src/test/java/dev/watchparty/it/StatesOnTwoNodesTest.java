package dev.watchparty.it;

import dev.watchparty.it.testing.OnTwoNodes;

/** States of people, with clients on two nodes. */
@OnTwoNodes
class StatesOnTwoNodesTest extends StatesTest {}
