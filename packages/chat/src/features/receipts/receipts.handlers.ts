import type { Handlers } from '../../commands/handler.ts';
import { listReceipts, receiptsOfMessage } from './list-receipts.ts';

export const receiptHandlers = {
  'receipt.list': listReceipts,
  'receipt.of_message': receiptsOfMessage,
} satisfies Partial<Handlers>;
