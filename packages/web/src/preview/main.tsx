/**
 * Views with a state of their own and no server: `npm run dev -w @snug/web`, then `/preview.html?scene=channel`. For
 * looking at states that are hard to bring about. The build does not hold it.
 */
import '../app/no-eval.ts';
import '../themes/base.css';
import '../themes/snug.css';
import '../themes/blueprint.css';
import '../themes/kaizen.css';
import '../themes/contrast.css';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import { App } from '../app/App.tsx';
import { ThemeChoice } from '../themes/theme.ts';
import { previewClient } from './preview-client.ts';
import { SCENES } from './scenes.ts';

const name = new URLSearchParams(location.search).get('scene') ?? 'channel';
const scene = SCENES[name];
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
if (scene === undefined) {
  root.textContent = `Scenes: ${Object.keys(SCENES).join(', ')}`;
} else {
  const { hook } = memoryLocation({ path: scene.path });
  createRoot(root).render(
    <Router hook={hook}>
      <App client={previewClient(scene)} theme={new ThemeChoice(window)} />
    </Router>,
  );
}
