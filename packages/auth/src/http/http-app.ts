import type { createEdge } from '@snug/edge';

/** The application that edge makes; auth needs no HTTP library of its own to mount on it. */
export type HttpApp = Awaited<ReturnType<typeof createEdge>>;
