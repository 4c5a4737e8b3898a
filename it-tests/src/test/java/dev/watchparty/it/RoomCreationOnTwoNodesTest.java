package dev.watchparty.it;

import dev.watchparty.it.testing.OnTwoNodes;

/** Rooms that people create at one node, and enter at the others. */
@OnTwoNodes
class RoomCreationOnTwoNodesTest extends RoomCreationTest {}
