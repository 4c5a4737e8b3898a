import { beforeEach, expect, test } from 'vitest';
import {
  MAX_PEOPLE_AGE_MS,
  MIN_PEOPLE_AGE_MS,
  PEOPLE_REFRESH_MS,
  PEOPLE_SEARCH_DEBOUNCE_MS,
  REQUEST_PATIENCE_MS,
} from '../constants';
import { TestingClock } from './testing/TestingClock';
import { TestingPage } from './testing/TestingPage';
import { TestingServer } from './testing/TestingServer';

let clock: TestingClock;
let server: TestingServer;
let page: TestingPage;
let networkMs: number;

beforeEach(() => {
  clock = new TestingClock();
  server = new TestingServer(clock);
  server.knowsPeople = true;
  server.populate(Array.from({ length: 260 }, (_, i) => `Guest ${i}`));
  networkMs = 20;
  page = new TestingPage({ clock, server, delayMs: () => networkMs });
});

const view = () => page.session.pages.view.get();
const names = () => view().people.map(({ username }) => username);
const asked = () => server.requests.map(({ payload }) => payload);

test('a room that the snapshot lists in part has its whole count, and its first page', () => {
  const { participants, peopleCount } = page.session.view.get();
  expect(participants).toHaveLength(201);
  expect(peopleCount).toBe(261);
  expect(view()).toMatchObject({ index: 0, total: 261, failed: false });
  expect(names()).toHaveLength(50);
  expect(asked()).toEqual([{ offset: 0, search: '' }]);
});

test('a room that is known as a whole asks nothing', () => {
  const small = new TestingServer(clock);
  small.populate(['Ann', 'Bob']);
  const guest = new TestingPage({ clock, server: small });
  expect(guest.session.view.get().peopleCount).toBe(3);
  expect(small.requests).toEqual([]);
});

test('turns to another page', () => {
  page.session.pages.turnTo(5);
  clock.advance(100);
  expect(names()[0]).toBe('Guest 250');
  expect(view()).toMatchObject({ index: 5, total: 261 });
});

test('the place is that of the people who are shown, until the answer', () => {
  networkMs = 500;
  page.session.pages.turnTo(1);
  clock.advance(600);
  expect(view().index).toBe(0);
  expect(names()[0]).toBe('Guest 0');
  clock.advance(600);
  expect(view().index).toBe(1);
  expect(names()[0]).toBe('Guest 50');
});

test('a second turn before the answer goes one page further', () => {
  page.session.pages.turnBy(1);
  page.session.pages.turnBy(1);
  clock.advance(100);
  expect(view().index).toBe(2);
  for (let i = 0; i < 3; i++) page.session.pages.turnBy(-1);
  clock.advance(100);
  expect(view().index).toBe(0);
});

test('a page that is gone becomes the last', () => {
  page.session.pages.turnTo(9);
  clock.advance(200);
  expect(view().index).toBe(5);
  expect(names()).toHaveLength(11);
});

test('a search asks once, when the typing has stopped', () => {
  page.session.pages.turnTo(2);
  clock.advance(100);
  for (const typed of ['2', '25', ' 25 ']) {
    page.session.pages.find(typed);
    clock.advance(PEOPLE_SEARCH_DEBOUNCE_MS - 50);
  }
  clock.advance(200);
  expect(asked().slice(2)).toEqual([{ offset: 0, search: '25' }]);
  expect(view()).toMatchObject({ search: ' 25 ', index: 0, total: 13 });
});

test('an answer that comes after another question is ignored', () => {
  networkMs = 500;
  page.session.pages.turnTo(1);
  clock.advance(600);
  page.session.pages.find('Alice');
  clock.advance(500);
  expect(names()[0]).toBe('Guest 0');
  clock.advance(1000);
  expect(names()).toEqual(['Alice']);
});

test('no answer, and a refusal, can be tried again', () => {
  server.ignoresRequests = true;
  page.session.pages.turnTo(1);
  clock.advance(REQUEST_PATIENCE_MS - 1);
  expect(view().failed).toBe(false);
  clock.advance(1);
  expect(view().failed).toBe(true);
  server.ignoresRequests = false;
  server.refuseNextRequest = 'UNAVAILABLE';
  page.session.pages.ask();
  clock.advance(100);
  expect(view().failed).toBe(true);
  page.session.pages.ask();
  clock.advance(100);
  expect(view()).toMatchObject({ failed: false, index: 1 });
  expect(names()[0]).toBe('Guest 50');
});

test('a request that came too fast is no message to the person', () => {
  server.tell('session:error', { event: 'room:people', code: 'RATE_LIMITED', message: 'slowly' });
  clock.advance(100);
  expect(view().failed).toBe(true);
  expect(page.session.view.get().notice).toBeUndefined();
});

test('the page follows those who come and go, and the room when it is back', () => {
  server.leave('crowd-0');
  server.leave('crowd-255');
  clock.advance(PEOPLE_REFRESH_MS + 100);
  expect(names()[0]).toBe('Guest 1');
  expect(page.session.view.get().peopleCount).toBe(259);
  expect(view().total).toBe(259);
  expect(server.requests).toHaveLength(2);

  page.socket.drop();
  page.session.pages.turnTo(1);
  expect(view().failed).toBe(true);
  page.socket.connect();
  clock.advance(200);
  expect(view()).toMatchObject({ failed: false, index: 1 });
});

test('a person has one colour on all lists', () => {
  const known = page.session.view.get().participants[3];
  expect(view().people[3]).toEqual(known);
});

test('the page is asked for again from time to time, because states change', () => {
  clock.advance(MIN_PEOPLE_AGE_MS);
  expect(server.requests).toHaveLength(2);
  clock.advance(MIN_PEOPLE_AGE_MS + 100);
  expect(server.requests).toHaveLength(3);
});

test('the more people there are, the less often', () => {
  server.populate(Array.from({ length: 1000 }, (_, i) => `Guest ${i}`));
  page.session.pages.ask();
  clock.advance(20_000);
  expect(server.requests).toHaveLength(2);
  clock.advance(1000);
  expect(server.requests).toHaveLength(3);
});

test('a list out of sight asks nothing, and asks at once when it comes back', () => {
  page.session.pages.sightChanged(false);
  server.leave('crowd-0');
  clock.advance(60_000);
  expect(server.requests).toHaveLength(1);
  page.session.pages.sightChanged(true);
  clock.advance(100);
  expect(server.requests).toHaveLength(2);
  expect(names()[0]).toBe('Guest 1');
});

test('a hidden tab asks nothing, and asks at once when it is shown', () => {
  page.setHidden(true);
  clock.advance(60_000);
  page.session.pages.sightChanged(true);
  expect(server.requests).toHaveLength(1);
  page.setHidden(false);
  clock.advance(100);
  expect(server.requests).toHaveLength(2);
});

test('a list that comes into sight while it is fresh asks nothing', () => {
  page.session.pages.sightChanged(false);
  page.session.pages.sightChanged(true);
  clock.advance(1000);
  expect(server.requests).toHaveLength(1);
});

test('a lost connection does not make the page fail by itself', () => {
  page.socket.drop();
  clock.advance(60_000);
  page.session.pages.sightChanged(true);
  expect(view()).toMatchObject({ failed: false, total: 261 });
  page.socket.connect();
  clock.advance(200);
  expect(server.requests.length).toBeGreaterThan(1);
});

test('a page that comes back into the room in a hidden tab asks once it is shown', () => {
  page.setHidden(true);
  page.socket.drop();
  page.socket.connect();
  clock.advance(5000);
  expect(server.requests).toHaveLength(1);
  page.setHidden(false);
  clock.advance(100);
  expect(server.requests).toHaveLength(2);
});

test('a page that got no answer is asked for again by itself', () => {
  server.ignoresRequests = true;
  page.session.pages.ask();
  clock.advance(REQUEST_PATIENCE_MS);
  expect(view().failed).toBe(true);
  server.ignoresRequests = false;
  clock.advance(MAX_PEOPLE_AGE_MS + 200);
  expect(view().failed).toBe(false);
});
