import type { Projection } from '../../projections/projection.ts';

export const mentionsProjection: Projection = { name: 'mentions', version: 1, tables: [], on: {} };
