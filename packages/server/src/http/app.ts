/** The edge's application and its calls, by the edge's own types: this package does not choose the HTTP library. */
import type { createEdge, HttpCall } from '@snug/edge';

export type App = Awaited<ReturnType<typeof createEdge>>;
export type Request = HttpCall['request'];
export type Reply = HttpCall['reply'];
