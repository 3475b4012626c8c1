import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { hubDatasetAnswer } from '../../../api/__tests__/answers';
import type { IHubDataset } from '../../../types/api';
import { HubView } from '../HubView';

const trans = nullTranslator.load('test');

function show(part: Partial<IHubDataset> = {}) {
  const onAdopt = jest.fn();
  const onCopyLink = jest.fn();
  render(
    <HubView
      dataset={hubDatasetAnswer(part)}
      onAdopt={onAdopt}
      onCopyLink={onCopyLink}
      trans={trans}
    />
  );
  return { onAdopt, onCopyLink };
}

describe('HubView', () => {
  it('shows what the Hub knows, and adopts the dataset', () => {
    const { onAdopt, onCopyLink } = show({
      n_bytes: 1_230_000,
      license: 'mit',
      private: true,
      gated: true
    });
    expect(screen.getByText('A card.')).not.toBeNull();
    expect(screen.getByText('1.23 MB')).not.toBeNull();
    expect(screen.getByText('mit')).not.toBeNull();
    expect(screen.getByText(/^Private\. Access on request/)).not.toBeNull();
    fireEvent.click(screen.getByText('Adopt…'));
    expect(onAdopt).toHaveBeenCalledTimes(1);
    fireEvent.click(screen.getByText('Copy link'));
    expect(onCopyLink).toHaveBeenCalledTimes(1);
  });

  it('says that there is no card', () => {
    show({ card: '\n' });
    expect(screen.getByText('This dataset has no card.')).not.toBeNull();
  });
});
