/** What other features may use of channels. */
export { dmKey } from './channels.projection.ts';
