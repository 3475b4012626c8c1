import type { TranslationBundle } from '@jupyterlab/translation';
import React, { type ReactNode } from 'react';

import { SourceNote } from '../components/drafts/SourceNote';
import type { DraftModel } from '../models/drafts/draft';
import { isFree } from '../models/drafts/filling';

/**
 * The notes of a draft's fields about what the data's folder suggests: for those that it has filled
 * in, and for those that are empty. A value that was typed has none.
 */
export function fillNotes(
  draft: DraftModel,
  trans: TranslationBundle
): Record<string, ReactNode> {
  const { content, fill } = draft;
  const sources = content.sources ?? {};
  const choices = new Map(
    fill.suggestions?.fields.map(field => [field.member, field.choices])
  );
  const members = new Set([
    ...Object.keys(sources),
    ...[...choices.keys()].filter(member => isFree(content, member))
  ]);
  return Object.fromEntries(
    [...members].map(member => [
      member,
      <SourceNote
        key={member}
        source={sources[member] ?? null}
        value={content.values[member]}
        choices={choices.get(member) ?? []}
        onChoose={choice => fill.choose(member, choice)}
        trans={trans}
      />
    ])
  );
}
