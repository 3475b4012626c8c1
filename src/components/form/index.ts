export { EntryForm } from './EntryForm';
export type {
  IEntryForm,
  IEntryFormProps,
  IKernel,
  IPlan,
  IPublishOptions,
  IScript,
  SectionName,
  Values
} from './types';
