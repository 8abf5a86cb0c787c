import type { Projection } from '../../projections/projection.ts';

export const reactionsProjection: Projection = { name: 'reactions', version: 1, tables: [], on: {} };
