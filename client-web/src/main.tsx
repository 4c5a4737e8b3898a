import './app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { exposeDebug } from './app/debug';
import { Visits } from './app/visits';

const visits = new Visits();
exposeDebug(() => visits.view.get().session);

const root = document.getElementById('root');
if (!root) throw new Error('#root is missing in index.html');
createRoot(root).render(
  <StrictMode>
    <App visits={visits} />
  </StrictMode>,
);
