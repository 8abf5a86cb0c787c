/** What may be answered to a hostile input: anything with a name of ours, and never a failure of the server. */
import { isRefusalCode, type Problem, REFUSALS } from '@snug/protocol';
import type { Operation } from '../authorisation/operations.ts';
import type { LaneAnswer } from './http-lane.ts';

/** Refusals of the wire, before an operation is looked at. */
const OF_THE_WIRE = new Set(['UNKNOWN_ROUTE', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'BAD_REQUEST']);
/** The one way of being busy that a flood may meet. */
const BUSY = 'OVERLOADED';

/** Why this is no answer; null when it is one. @param operation undefined where the address may be anybody's */
export function faultOf({ status, headers, body }: LaneAnswer, operation?: Operation): string | null {
  if (!headers.has('x-trace-id')) return `${status} without a trace id`;
  if (status < 400) return operation !== undefined && !operation.statuses.includes(status) ? `status ${status}` : null;
  const type = headers.get('content-type') ?? '';
  if (!type.startsWith('application/problem+json')) return `${status} with type ${type}: ${body.slice(0, 200)}`;
  const problem = JSON.parse(body) as Problem;
  if (problem.trace_id !== headers.get('x-trace-id')) return `a problem of another trace: ${body}`;
  const fault = problemFault(problem);
  if (fault !== null) return fault;
  if (problem.status !== status) return `status ${status} with ${body}`;
  const isOfRow = operation === undefined || operation.codes.has(problem.code) || OF_THE_WIRE.has(problem.code);
  return isOfRow ? null : `${problem.code} is not in the document of ${operation.name}`;
}

export function problemFault(problem: Problem): string | null {
  if (!isRefusalCode(problem.code)) return `unknown code in ${JSON.stringify(problem)}`;
  if (REFUSALS[problem.code].status !== problem.status) return `status ${problem.status} with ${problem.code}`;
  if (problem.status >= 500 && problem.code !== BUSY && problem.code !== 'NOT_AVAILABLE')
    return JSON.stringify(problem);
  return null;
}
