import { expect, test } from 'vitest';
import { placeOf, placeOfServer, socketAddress } from './place';

test.each([
  ['https://a.example/', 'https://a.example/'],
  ['https://a.example/?room=x#top', 'https://a.example/'],
  ['https://a.example/index.html?room=a/b', 'https://a.example/'],
  ['https://a.example/party/?room=x', 'https://a.example/party/'],
  ['https://a.example:8443/a/b/index.html', 'https://a.example:8443/a/b/'],
  ['http://[::1]:4000/party/', 'http://[::1]:4000/party/'],
  ['https://a.example/r/film-night', 'https://a.example/'],
  ['https://a.example/party/r/film-night?x#top', 'https://a.example/party/'],
  ['https://a.example/party/r/%D0%BA%D0%B8%D0%BD%D0%BE', 'https://a.example/party/'],
  ['https://a.example/r/r/film-night', 'https://a.example/r/'],
  ['https://a.example/r/', 'https://a.example/r/'],
  ['https://a.example/r/index.html', 'https://a.example/r/'],
])('the page at %s stands in %s', (address, place) => {
  expect(placeOf(address).href).toBe(place);
});

test.each([
  ['https://a.example', 'https://a.example', '/socket.io'],
  ['https://a.example/', 'https://a.example', '/socket.io'],
  ['https://a.example/party', 'https://a.example', '/party/socket.io'],
  ['http://a.example:4000/a/b/', 'http://a.example:4000', '/a/b/socket.io'],
])('the server at %s has its socket at %s and %s', (server, origin, path) => {
  expect(socketAddress(placeOfServer(server))).toEqual({ origin, path });
});
