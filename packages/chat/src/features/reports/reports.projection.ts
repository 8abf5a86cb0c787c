import type { Projection } from '../../projections/projection.ts';

export const reportsProjection: Projection = { name: 'reports', version: 1, tables: [], on: {} };
