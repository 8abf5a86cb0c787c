import type { Projection } from '../../projections/projection.ts';

export const auditProjection: Projection = { name: 'audit', version: 1, tables: [], on: {} };
