import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { DatasetHead, type IDatasetHeadProps } from '../DatasetHead';

const trans = nullTranslator.load('test');

function show(part: Partial<IDatasetHeadProps> = {}): IDatasetHeadProps {
  const props: IDatasetHeadProps = {
    name: 'iris',
    title: 'Iris',
    hubUrl: 'https://hub.example/iris',
    onEdit: jest.fn(),
    onCopyLink: jest.fn(),
    onMenu: jest.fn(),
    trans,
    ...part
  };
  render(<DatasetHead {...props} />);
  return props;
}

describe('DatasetHead', () => {
  it('opens the notebook, inserts the loader, edits and copies a link', () => {
    const onOpenNotebook = jest.fn();
    const onInsert = jest.fn();
    const { onCopyLink, onEdit, onMenu } = show({ onOpenNotebook, onInsert });
    for (const name of [
      'Open loader notebook',
      'Insert loader',
      'Edit',
      'Copy link',
      'More actions for Iris'
    ]) {
      fireEvent.click(screen.getByRole('button', { name: new RegExp(name) }));
    }
    for (const called of [
      onOpenNotebook,
      onInsert,
      onEdit,
      onCopyLink,
      onMenu
    ]) {
      expect(called).toHaveBeenCalledTimes(1);
    }
  });

  it('cannot edit a read-only dataset, and says why', () => {
    const { onEdit } = show({ readOnly: 'A newer version wrote it.' });
    const edit = screen.getByRole('button', { name: 'Edit' });
    fireEvent.click(edit);
    expect(onEdit).not.toHaveBeenCalled();
    expect(edit.getAttribute('aria-disabled')).toBe('true');
    const why = document.getElementById(
      edit.getAttribute('aria-describedby') ?? ''
    );
    expect(why?.textContent).toBe('A newer version wrote it.');
  });

  it('has no link for a dataset that is not on the Hub', () => {
    show({ hubUrl: null });
    expect(screen.queryByText('Open on the Hub')).toBeNull();
  });
});
