import { createContext } from 'react';

/** Whether a view stands in a modal dialog: what floats over the page is behind that, so it says its words otherwise. */
export const InDialog = createContext(false);
