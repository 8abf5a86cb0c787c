import { z } from 'zod';
import { defineCommand, NoParams, Nothing } from './command.ts';
import { listOf, Time } from './fields.ts';
import { Id } from './ids.ts';
import { User, UserRef } from './users.ts';

/** How one stands to somebody: a friend, asked by them, asked them, or blocked by oneself. */
export const RelationshipType = z.enum(['friend', 'incoming', 'outgoing', 'blocked']).meta({ id: 'RelationshipType' });
export type RelationshipType = z.infer<typeof RelationshipType>;

/** Blueprint "Friend requests", design_plan "Block user". Each side has its own; a block is never told. */
export const Relationship = z
  .object({ user_id: Id, type: RelationshipType, since: Time, user: User.optional() })
  .meta({ id: 'Relationship' });
export type Relationship = z.infer<typeof Relationship>;

export const relationshipCommands = {
  'relationship.list': defineCommand({
    method: 'GET',
    path: '/users/@me/relationships',
    summary: 'Friends, requests and blocks, with their profiles',
    params: NoParams,
    result: listOf(Relationship),
    mission: 'Blueprint, Friend requests; design_plan, blocks',
  }),
  'relationship.set': defineCommand({
    method: 'PUT',
    path: '/users/@me/relationships/{user_id}',
    summary: 'Ask to be friends or accept (friend), or block (blocked)',
    params: z.object({ user_id: UserRef, type: z.enum(['friend', 'blocked']) }),
    result: Relationship,
    mission: 'Blueprint, Friend requests; design_plan, blocks',
    refusals: ['UNKNOWN_USER', 'CANNOT_MESSAGE', 'LIMIT_REACHED', 'NOT_YOURSELF'],
  }),
  'relationship.delete': defineCommand({
    method: 'DELETE',
    path: '/users/@me/relationships/{user_id}',
    summary: 'Unfriend, take back or decline a request, or unblock',
    params: z.object({ user_id: UserRef }),
    result: Nothing,
    status: 204,
    mission: 'Blueprint, Friend requests; design_plan, blocks',
    refusals: ['UNKNOWN_USER'],
  }),
};
