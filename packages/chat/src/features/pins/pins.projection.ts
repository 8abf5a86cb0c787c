import type { Projection } from '../../projections/projection.ts';

export const pinsProjection: Projection = { name: 'pins', version: 1, tables: [], on: {} };
