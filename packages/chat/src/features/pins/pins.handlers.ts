import type { Handlers } from '../../commands/handler.ts';
import { addPin, removePin } from './change-pins.ts';
import { listPins } from './list-pins.ts';

export const pinHandlers = {
  'pin.list': listPins,
  'pin.add': addPin,
  'pin.remove': removePin,
} satisfies Partial<Handlers>;
