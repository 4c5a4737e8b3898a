import './app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { exposeDebug } from './app/debug';
import { openSession } from './app/openSession';
import { restoreTheme } from './features/theme/theme';
import { requestedRoom } from './protocol/room';

restoreTheme();
const room = requestedRoom(window.location.search);
const session = openSession(room);
if (session) exposeDebug(session);

const root = document.getElementById('root');
if (!root) throw new Error('#root is missing in index.html');
createRoot(root).render(
  <StrictMode>
    <App session={session} room={room} />
  </StrictMode>,
);
