import './app/no-eval.ts';
import './themes/base.css';
import './themes/snug.css';
import './themes/blueprint.css';
import './themes/kaizen.css';
import './themes/contrast.css';
import { start } from './app/start.tsx';

start(window);
