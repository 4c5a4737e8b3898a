import './app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { exposeDebug } from './app/debug';
import { PartyServer } from './app/server';
import { Visits } from './app/visits';
import { MishapBoundary } from './features/mishap/MishapBoundary';
import { MishapMessage } from './features/mishap/MishapMessage';
import { watchForMishaps } from './features/mishap/mishaps';
import { followLanguage } from './features/settings/language';
import { followMotion } from './features/settings/motion';

watchForMishaps();
followLanguage();
followMotion();
const server = new PartyServer();
const visits = new Visits(server);
exposeDebug(() => visits.view.get().session);

const root = document.getElementById('root');
if (!root) throw new Error('#root is missing in index.html');
createRoot(root).render(
  <StrictMode>
    <MishapBoundary>
      <App server={server} visits={visits} />
    </MishapBoundary>
    <MishapMessage />
  </StrictMode>,
);
