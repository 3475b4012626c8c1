export { EntryForm } from './EntryForm';
export type { IEntryForm } from './types';
