/** Every row there is, in the order it is run and shown. */
import type { Row } from '../row.ts';
import { connectionMemory } from './connection-memory.ts';
import { crowdDelivery } from './crowd-delivery.ts';
import { decoratedPages } from './decorated-pages.ts';
import { burstDeliveryCpu, deliveryCpu } from './delivery-cpu.ts';
import { durableAppends } from './durable-appends.ts';
import { eventLoopDelay } from './event-loop-delay.ts';
import { firstScreen } from './first-screen.ts';
import { foreignResume } from './foreign-resume.ts';
import { gatewaySendCpu } from './gateway-send-cpu.ts';
import { historyPage } from './history-page.ts';
import { massResume } from './mass-resume.ts';
import { permissionDecision } from './permission-decision.ts';
import { presenceArrivals } from './presence-arrivals.ts';
import { reactionStorm } from './reaction-storm.ts';
import { readyHundredServers } from './ready-hundred-servers.ts';
import { restSendCpu } from './rest-send-cpu.ts';
import { saturatedFanOut } from './saturated-fan-out.ts';
import { serverDeletion } from './server-deletion.ts';
import { startTime } from './start-time.ts';
import { steadyDelivery } from './steady-delivery.ts';

export const ROWS: readonly Row[] = [
  durableAppends,
  eventLoopDelay,
  gatewaySendCpu,
  restSendCpu,
  deliveryCpu,
  burstDeliveryCpu,
  saturatedFanOut,
  steadyDelivery,
  crowdDelivery,
  connectionMemory,
  massResume,
  foreignResume,
  firstScreen,
  readyHundredServers,
  historyPage,
  decoratedPages,
  permissionDecision,
  reactionStorm,
  presenceArrivals,
  serverDeletion,
  startTime,
];
