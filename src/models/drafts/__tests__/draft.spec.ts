import { draftAnswer, previewAnswer } from '../../../api/__tests__/answers';
import type { IFindings } from '../../../types/api';
import { CatalogError } from '../../../types/errors';
import { type DraftClient, DraftModel } from '../draft';

const NOTHING: IFindings = { errors: [], warnings: [] };

/**
 * A draft over a server that keeps what it is given, with the etags that it was asked with.
 */
function draftOver(
  part: Partial<Pick<DraftClient, 'getDraft' | 'validateDraft'>> = {}
) {
  let etag = 1;
  const client = {
    getDraft: jest.fn(async () => draftAnswer()),
    writeDraft: jest.fn<
      ReturnType<DraftClient['writeDraft']>,
      Parameters<DraftClient['writeDraft']>
    >(async (_id, content) => draftAnswer(content, { etag: String(++etag) })),
    validateDraft: jest.fn(async () => NOTHING),
    previewDraft: jest.fn(async () => previewAnswer()),
    suggest: jest.fn(async (data_path: string) => ({
      data_path,
      fields: [],
      skipped: []
    })),
    ...part
  };
  return { client, draft: new DraftModel(client, draftAnswer(), 100) };
}

describe('DraftModel', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('shows errors from the first preview on, where they belong', async () => {
    const errors = [{ pointer: '/license', code: 'required', detail: 'Say.' }];
    const { client, draft } = draftOver();
    client.previewDraft.mockRejectedValueOnce(
      new CatalogError('invalid_record', 'Not yet.', errors)
    );
    expect(draft.wasTried).toBe(false);
    expect(await draft.makePreview()).toBe(false);
    expect(draft.wasTried).toBe(true);
    expect(draft.findings.errors).toEqual(errors);
    expect(draft.previewError).toBeNull();
    expect(await draft.makePreview()).toBe(true);
    expect(draft.preview?.actions).toEqual(['Make the repository']);
    draft.change({ title: 'other' });
    expect(draft.preview).toBeNull();
  });

  it('previews what was saved, or says why it was not', async () => {
    const { client, draft } = draftOver();
    client.writeDraft.mockRejectedValueOnce(
      new CatalogError('storage', 'The disk is full.')
    );
    draft.change({ title: 'typed' });
    expect(await draft.makePreview()).toBe(false);
    expect(client.previewDraft).not.toHaveBeenCalled();
    expect(draft.previewError?.code).toBe('storage');
  });

  it('drops the answer of a check that a later one overtook', async () => {
    const answers: ((found: IFindings) => void)[] = [];
    const { draft } = draftOver({
      validateDraft: () => new Promise(resolve => answers.push(resolve))
    });
    const first = draft.validate();
    const second = draft.validate();
    const late = [{ pointer: '', code: 'late', detail: 'Late.' }];
    answers[1]?.(NOTHING);
    answers[0]?.({ errors: late, warnings: [] });
    await Promise.all([first, second]);
    expect(draft.findings).toEqual(NOTHING);
  });
});
