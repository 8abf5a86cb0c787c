import type { Handlers } from '../../commands/handler.ts';
import { endRelationship, listRelationships, setRelationship } from './relationships.commands.ts';

export const relationshipHandlers = {
  'relationship.list': listRelationships,
  'relationship.set': setRelationship,
  'relationship.delete': endRelationship,
} satisfies Partial<Handlers>;
