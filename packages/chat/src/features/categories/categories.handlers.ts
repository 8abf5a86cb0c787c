import type { Handlers } from '../../commands/handler.ts';
import {
  createCategory,
  deleteCategory,
  listCategories,
  reorderCategories,
  updateCategory,
} from './categories.commands.ts';
import { deleteCategoryOverride, setCategoryOverride } from './overrides.commands.ts';

export const categoryHandlers = {
  'category.list': listCategories,
  'category.create': createCategory,
  'category.update': updateCategory,
  'category.reorder': reorderCategories,
  'category.delete': deleteCategory,
  'category.set_override': setCategoryOverride,
  'category.delete_override': deleteCategoryOverride,
} satisfies Partial<Handlers>;
