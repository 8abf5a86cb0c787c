import type { Projection } from '../../projections/projection.ts';

export const notificationsProjection: Projection = { name: 'notification_settings', version: 1, tables: [], on: {} };
