/** What other features may use of channels. */
export { dmKey, threadKey } from './channels.projection.ts';
