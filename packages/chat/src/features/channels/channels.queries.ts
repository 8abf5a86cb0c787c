/** What other features may use of channels. */
export { changesView } from './changes-view.ts';
export { dmKey, threadKey } from './channels.projection.ts';
