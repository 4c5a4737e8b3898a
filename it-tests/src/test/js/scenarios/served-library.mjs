// Pages of another origin that load socket.io-client from the server itself, as they do from the Node server.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';

export const scenarios = {
  'a page of another origin loads the library from the server, and connects': async venue => {
    await onForeignPage(
      venue,
      `<script src="${venue.url}/socket.io/socket.io.js"></script>
       <script>
         globalThis.init = new Promise(resolve => io("${venue.url}").on("session:init", resolve));
       </script>`,
    );
  },

  'a page of another origin imports the library as a module': async venue => {
    await onForeignPage(
      venue,
      `<script type="module">
         import { io } from "${venue.url}/socket.io/socket.io.esm.min.js";
         globalThis.init = new Promise(resolve => io("${venue.url}").on("session:init", resolve));
       </script>`,
    );
  },
};

async function onForeignPage(venue, scripts) {
  const site = createServer((_request, response) =>
    response
      .writeHead(200, { 'Content-Type': 'text/html' })
      .end(`<!doctype html><title>Theirs</title>${scripts}`),
  );
  await new Promise(resolve => site.listen(0, '127.0.0.1', resolve));
  try {
    const visitor = await venue.arrive('Visitor', { url: `http://127.0.0.1:${site.address().port}` });
    const init = await visitor.page.evaluate(() => globalThis.init);
    assert.equal(init.isPlaying, false);
  } finally {
    site.closeAllConnections();
    site.close();
  }
}
