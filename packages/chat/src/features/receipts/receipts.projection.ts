import type { Projection } from '../../projections/projection.ts';

export const receiptsProjection: Projection = { name: 'receipts', version: 1, tables: [], on: {} };
