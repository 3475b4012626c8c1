import type { IJobActions } from '../kind';

/**
 * What a person can do after a job; the test sees what they did.
 */
export function noActions(): jest.Mocked<IJobActions> {
  return {
    start: jest.fn(),
    settle: jest.fn(),
    confirmRepository: jest.fn(),
    undoRetirement: jest.fn(),
    openDraft: jest.fn(),
    copyLink: jest.fn(),
    openNotebook: jest.fn(),
    showDataset: jest.fn()
  };
}
