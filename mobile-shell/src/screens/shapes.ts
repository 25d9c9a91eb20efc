/** The record's shapes as the core gives them: one place to import them from. */
export type * from '../core/generated/types';
