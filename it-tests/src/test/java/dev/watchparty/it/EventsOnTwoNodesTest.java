package dev.watchparty.it;

import dev.watchparty.it.testing.OnTwoNodes;

/** Every event, with clients on two nodes. */
@OnTwoNodes
class EventsOnTwoNodesTest extends EventsContractTest {}
