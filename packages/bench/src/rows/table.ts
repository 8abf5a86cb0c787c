/** Every row there is, in the order it is run and shown. */
import type { Row } from '../row.ts';
import { burstDeliveryCpu, deliveryCpu } from './delivery-cpu.ts';
import { durableAppends } from './durable-appends.ts';
import { eventLoopDelay } from './event-loop-delay.ts';
import { gatewaySendCpu } from './gateway-send-cpu.ts';
import { restSendCpu } from './rest-send-cpu.ts';
import { saturatedFanOut } from './saturated-fan-out.ts';

export const ROWS: readonly Row[] = [
  durableAppends,
  eventLoopDelay,
  gatewaySendCpu,
  restSendCpu,
  deliveryCpu,
  burstDeliveryCpu,
  saturatedFanOut,
];
